package dev.keyhole.gateway.launch.process;

import static dev.keyhole.gateway.launch.process.Workshop.ADA;
import static dev.keyhole.gateway.launch.process.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands with real processes, as one OS user. */
@Timeout(60)
class CommandTest {
    @TempDir private Path home;
    private Workshop workshop;

    @BeforeEach
    void workshop() {
        workshop = new Workshop(home.resolve("h"), Workshop.STAYS);
    }

    @AfterEach
    void nothingIsLeft() {
        workshop.launcher().endCommands(ADA);
        assertThat(alive()).isEmpty();
    }

    private java.util.List<ProcessEntry> alive() {
        return new CommandLeftovers(new ProcessTable())
                .of(OsUser.current(), workshop.layout.workspace(ADA));
    }

    @Test
    void outputAndErrorsAndStatusComeBackApart() throws Exception {
        try (var said = Conversation.with(workshop, "echo out; echo err >&2; exit 7")) {
            assertThat(said.end()).isEqualTo(new CommandEnd.Exited(7));
            assertThat(said.out()).isEqualTo("out\n");
            assertThat(said.err()).isEqualTo("err\n");
        }
    }

    @Test
    void anEndBySignalIsNoExitStatus() throws Exception {
        try (var killed = Conversation.with(workshop, "kill -9 $$");
                var exited = Conversation.with(workshop, "exit 137")) {
            assertThat(killed.end()).isEqualTo(new CommandEnd.Killed(9));
            assertThat(exited.end()).isEqualTo(new CommandEnd.Exited(137));
        }
    }

    @Test
    void inputReachesItAndItsEndToo() throws Exception {
        try (var cat = Conversation.with(workshop, "cat; echo and its end")) {
            cat.say("a\0b\n");
            cat.command.endInput();
            assertThat(cat.end()).isEqualTo(new CommandEnd.Exited(0));
            assertThat(cat.out()).isEqualTo("a\0b\nand its end\n");
        }
    }

    @Test
    void itRunsInTheHomeWithACleanEnvironmentAndNoDescriptorsOfOurs() throws Exception {
        try (var said =
                Conversation.with(
                        workshop, "pwd; echo $HOME; umask; env; ls /proc/self/fd | wc -l")) {
            said.end();
            String expected = workshop.layout.workspaceHome(ADA).toRealPath().toString();
            assertThat(said.out().lines().toList())
                    .startsWith(expected, expected, "0077")
                    .contains("LC_TIME=C")
                    .endsWith("4") // three, and the directory itself
                    .noneMatch(line -> line.startsWith("JAVA_HOME="));
        }
    }

    @Test
    void whoeverReadsNoMoreIsNotWrittenTo() throws Exception {
        try (var deaf = Conversation.with(workshop, "exec <&-; echo deaf; sleep 1000")) {
            deaf.await("deaf");
            assertThatThrownBy(() -> deaf.command.write(ByteBuffer.allocate(1_000_000)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTerminalIsOne() throws Exception {
        try (var said = Conversation.onTerminal(workshop, "tty; stty size; echo $TERM; stty -a")) {
            assertThat(said.end()).isEqualTo(new CommandEnd.Exited(0));
            assertThat(said.out())
                    .startsWith("/dev/pts/")
                    .contains("\r\n25 81\r\nvt100\r\n")
                    .contains(" echo ");
        }
    }

    @Test
    void modesOfTheClientHold() throws Exception {
        var modes = new TerminalModes(Map.of(53, 0, 1, 7, 42, 1)); // ECHO, VINTR, IUTF8
        var terminal = new Terminal("xterm", new WindowSize(80, 24, 0, 0), modes);
        try (var said =
                Conversation.of(workshop, new Command.Line("stty -a"), Optional.of(terminal))) {
            said.end();
            assertThat(said.out()).contains("intr = ^G", " -echo ", " iutf8");
        }
    }

    @Test
    void aResizeIsHeard() throws Exception {
        try (var said =
                Conversation.onTerminal(
                        workshop,
                        "trap 'stty size; exit 3' WINCH; echo go; while :; do sleep 0.1; done")) {
            said.await("go");
            said.command.resize(new WindowSize(132, 43, 0, 0));
            assertThat(said.end()).isEqualTo(new CommandEnd.Exited(3));
            assertThat(said.out()).contains("43 132");
        }
    }

    @Test
    void controlCInterruptsTheForegroundJobOnly() throws Exception {
        try (var shell =
                Conversation.of(
                        workshop,
                        new Command.Line("PS1='$ ' exec /bin/sh -i"),
                        Optional.of(Conversation.VT100))) {
            // The job speaks for itself: only then it is in the foreground.
            shell.await("$ ").say("sh -c 'echo be\"\"gin; exec sleep 30'\n").await("begin");
            // An interrupt drops what was typed ahead.
            shell.say("\3").await("^C\r\n$ ").say("echo sta''tus $?\n").await("status 130");
            shell.say("exit 4\n");
            assertThat(shell.end()).isEqualTo(new CommandEnd.Exited(4));
        }
    }

    @Test
    void aLoginShellIsOne() throws Exception {
        try (var shell = Conversation.of(workshop, new Command.Shell(), Optional.empty())) {
            shell.say("shopt login_shell; exit 5\n");
            assertThat(shell.end()).isEqualTo(new CommandEnd.Exited(5));
            assertThat(shell.out()).contains("login_shell").contains("on");
        }
    }

    @Test
    void aSignalReachesIt() throws Exception {
        try (var said = Conversation.with(workshop, "echo go; exec sleep 1000")) {
            said.await("go");
            said.command.signal(CommandSignal.TERM);
            assertThat(said.end()).isEqualTo(new CommandEnd.Killed(15));
        }
    }

    @Test
    void whatSomebodyElseHoldsOfTheTerminalDoesNotKeepItOpen() throws Exception {
        try (var said = Conversation.onTerminal(workshop, "setsid sleep 1000 & echo done")) {
            assertThat(said.end()).isEqualTo(new CommandEnd.Exited(0));
            assertThat(said.out()).contains("done");
        }
    }

    @Test
    void hangingUpEndsTheWholeSessionAlsoWhereItIsIgnored() throws Exception {
        String line = "trap '' HUP; echo go; while :; do sleep 1000; done";
        var onPipes = Conversation.with(workshop, line);
        var onTerminal = Conversation.onTerminal(workshop, line);
        onPipes.await("go");
        onTerminal.await("go");
        assertThat(alive()).isNotEmpty();
        onPipes.close();
        onTerminal.close();
        assertThat(onPipes.command.await()).isEqualTo(new CommandEnd.Killed(9));
        assertThat(onTerminal.command.await()).isEqualTo(new CommandEnd.Killed(9));
    }

    @Test
    void nohupAndOwnSessionsOutliveTheHangUpAndEndWithTheWorkspace() throws Exception {
        try (var said =
                Conversation.with(
                        workshop,
                        "nohup sleep 1001 >/dev/null 2>&1 & setsid sleep 1002 >/dev/null 2>&1 & "
                                + "sleep 1003 & echo go; wait")) {
            said.await("go");
            await().atMost(SOON).until(() -> sleepers() == 3);
        }
        await().atMost(SOON).until(() -> alive().size() == 2);
        workshop.launcher().endCommands(ADA);
        assertThat(alive()).isEmpty();
    }

    private long sleepers() {
        return alive().stream()
                .map(process -> ProcessHandle.of(process.pid()).orElseThrow().info())
                .filter(info -> info.command().orElse("").endsWith("/sleep"))
                .count();
    }

    @Test
    void sftpIsTheSystems() throws Exception {
        try (var sftp = Conversation.of(workshop, new Command.Sftp(), Optional.empty())) {
            // SSH_FXP_INIT, version 3
            sftp.command.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 3}));
            ByteBuffer answer = ByteBuffer.allocate(64);
            sftp.command.read(answer);
            assertThat(answer.get(4)).isEqualTo((byte) 2); // SSH_FXP_VERSION
        }
    }

    @Test
    void descriptorsAreGivenBack() throws Exception {
        try (var first = Conversation.onTerminal(workshop, "true")) {
            first.end();
        }
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            try (var said =
                    i % 2 == 0
                            ? Conversation.with(workshop, "true")
                            : Conversation.onTerminal(workshop, "true")) {
                said.end();
            }
        }
        await().atMost(SOON).until(() -> openFiles() <= before);
    }

    private static long openFiles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
