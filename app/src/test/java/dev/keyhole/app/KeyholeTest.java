package dev.keyhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KeyholeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"upp, up", "up --prot 1, --port", "config chek x, check", "donw, down"})
    void aMistypedWordIsAUsageErrorWithAGuess(String line, String meant) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("keyhole: ")
                .contains("Did you mean " + meant + "?")
                .contains("--help");
    }

    @ParameterizedTest
    @CsvSource({
        "up --port 70000",
        "up --listen example.org",
        "up --as 9",
        "up --rsa-min 1024",
        "up --port x",
        "serve"
    })
    void aWrongValueIsAUsageErrorInOneSentence(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void whatUpPrintsForALaptopCannotHoldAShellsWords() {
        assertThat(run("up", "--advertise", "x;reboot")).isEqualTo(2);
    }

    @Test
    void anUnknownHomeSaysWhatToDo(@TempDir Path directory) {
        assertThat(run("down", "--home", directory.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no home at").contains("--home DIR");
    }

    @Test
    void aCheckThatFindsProblemsExitsWithSevenAndOneThatFindsNoneWithZero(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("keyhole.yaml"), "lisen: x\nrsa-min: 1\n");

        assertThat(run("config", "check", file.toString())).isEqualTo(7);
        assertThat(out.toString()).contains(file + ":1: ").contains(file + ":2: ");

        Files.writeString(
                file,
                "principals: {ada: {keys: [ssh-ed25519"
                        + " AAAAC3NzaC1lZDI1NTE5AAAAIMSC2Tdv/0h2SV2IvYDD9qzRr28ef3/AGlvCQQuPX2GP]}}");
        assertThat(run("config", "check", file.toString())).isZero();
        assertThat(out.toString()).contains("no problems");
    }

    private int run(String... arguments) {
        CommandLine command = Keyhole.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
