package dev.keyhole.gateway.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir private Path directory;

    @Test
    void theNewestNoteIsItsInput() throws Exception {
        Path file = directory.resolve("got");
        new RunCommand(List.of("/usr/bin/tee", file.toString()))
                .push(List.of(note("one\n"), note("two\n")));
        assertThat(file).hasContent("two\n");
    }

    @Test
    void argumentsReachItAsTheyAreAndNoShellReadsThem() throws Exception {
        new RunCommand(List.of("/usr/bin/touch", directory + "/$(id) ; x")).push(notes());
        assertThat(directory.resolve("$(id) ; x")).exists();
    }

    @Test
    void itKnowsNothingOfTheDoorsEnvironment() throws Exception {
        Path file = directory.resolve("env");
        new RunCommand(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "env | cut -d= -f1 | grep -v -e PWD -e SHLVL -e _ > " + file))
                .push(notes());
        assertThat(file).hasContent("PATH\n");
    }

    @Test
    void aProgramThatDoesNotReadIsFineAndOneThatFailsIsNot() throws Exception {
        new RunCommand(List.of("/bin/true")).push(notes());
        assertThatThrownBy(() -> new RunCommand(List.of("/bin/false")).push(notes()))
                .isInstanceOf(IOException.class)
                .hasMessage("it ended with status 1");
        assertThatThrownBy(() -> new RunCommand(List.of("/nonexistent")).push(notes()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aProgramThatHangsIsKilledWithWhatItStarted() {
        Path pid = directory.resolve("pid");
        RunCommand hangs =
                new RunCommand(
                        List.of("/bin/sh", "-c", "sleep 600 & echo $! > " + pid + "; wait"),
                        Duration.ofSeconds(1));
        assertThatThrownBy(() -> hangs.push(notes()))
                .isInstanceOf(IOException.class)
                .hasMessage("it did not end within 1 s");
        Awaitility.await("its child is gone")
                .until(() ->
                        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                                .filter(ProcessHandle::isAlive)
                                .isEmpty());
    }

    private static List<Note> notes() {
        return List.of(note("note\n"));
    }

    private static Note note(String text) {
        return new Note(text, 1, 1);
    }
}
