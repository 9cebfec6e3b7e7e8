package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.PublicKeys;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedConfigTest {
    @TempDir private Path directory;

    @Test
    void keysOfLinesAndFilesAreReadIntoTheConfig() throws IOException, CannotStart {
        Files.writeString(directory.resolve("ada.pub"), PublicKeys.line("ecdsa-b256"));
        CheckedConfig checked =
                check(
                        """
                        principals:
                          ada:
                            keys: [%s]
                            key-files: [ada.pub]
                        """
                                .formatted(PublicKeys.line("ed25519")));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.keys().get(new PrincipalName("ada"))).hasSize(2);
        assertThat(ConfiguredKeys.of(checked.config()).keys().get(new PrincipalName("ada")))
                .hasSize(2);
    }

    @Test
    void aLineOfTheConfigThatCannotBeUsedIsAProblemWithItsLine() throws IOException, CannotStart {
        assertThat(
                        check(
                                        """
                                        principals:
                                          ada:
                                            keys:
                                              - %s
                                              - %s
                                        """
                                                .formatted(
                                                        PublicKeys.line("ed25519"),
                                                        PublicKeys.line("rsa-b1024")))
                                .problems())
                .singleElement()
                .asString()
                .contains("keyhole.yaml:5: ")
                .contains("1024 bits");
    }

    @Test
    void aLineOfAFileThatCannotBeUsedIsANotice() throws IOException, CannotStart {
        Files.writeString(
                directory.resolve("keys"),
                "command=\"id\" "
                        + PublicKeys.line("ecdsa-b256")
                        + "\n"
                        + PublicKeys.line("ed25519"));
        CheckedConfig checked = check("principals: {ada: {key-files: [keys]}}");

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.notices()).singleElement().asString().contains("command");
    }

    @Test
    void aKeyOfTwoPrincipalsNamesNobody() throws IOException, CannotStart {
        String key = PublicKeys.line("ed25519");

        assertThat(
                        check(
                                        "principals: {ada: {keys: [%s]}, bob: {keys: [%s]}}"
                                                .formatted(key, key))
                                .problems())
                .singleElement()
                .asString()
                .contains("a key names one principal");
    }

    @Test
    void aPrincipalWithoutUsableKeyAndAMissingFileAreProblems() throws IOException, CannotStart {
        Files.writeString(directory.resolve("empty"), "# nobody\n");

        assertThat(check("principals: {ada: {key-files: [empty]}}").problems())
                .singleElement()
                .asString()
                .contains("no usable key");
        assertThat(check("principals: {ada: {key-files: [gone]}}").problems())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aConfigThatIsNotThereSaysSo() {
        assertThatThrownBy(() -> CheckedConfig.of(directory.resolve("none.yaml")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("does not exist");
    }

    private CheckedConfig check(String yaml) throws IOException, CannotStart {
        return CheckedConfig.of(Files.writeString(directory.resolve("keyhole.yaml"), yaml));
    }
}
