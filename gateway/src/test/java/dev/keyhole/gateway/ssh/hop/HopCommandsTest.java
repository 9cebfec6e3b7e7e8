package dev.keyhole.gateway.ssh.hop;

import static dev.keyhole.gateway.ssh.hop.Failing.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import dev.keyhole.wire.Code;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HopCommandsTest {
    @TempDir Path directory;

    private final SshHops hops = new SshHops();
    private RealSshd sshd;

    @BeforeEach
    void start() throws Exception {
        sshd = new RealSshd(directory);
    }

    @AfterEach
    void stop() throws Exception {
        hops.close();
        sshd.close();
    }

    @Test
    void aCommandHasItsInputItsTwoOutputsItsVariablesAndItsStatus() throws Exception {
        Command command =
                new Command(
                        new Command.Line("cat; echo $LC_TIME; echo trouble >&2; exit 7"),
                        CommandEnvironment.NONE.with("LC_TIME", "C.UTF-8"),
                        Optional.empty());
        try (RunningCommand running = hops.exec(sshd.host(), command)) {
            running.write(ByteBuffer.wrap("in\n".getBytes(UTF_8)));
            running.endInput();
            Map<RunningCommand.Output, String> said = said(running);
            assertThat(said.get(RunningCommand.Output.STDOUT)).isEqualTo("in\nC.UTF-8\n");
            assertThat(said.get(RunningCommand.Output.STDERR)).isEqualTo("trouble\n");
            assertThat(running.await()).isEqualTo(new CommandEnd.Exited(7));
        }
    }

    @Test
    void aTerminalHasItsTypeItsSizeAndItsModes() throws Exception {
        Command command =
                new Command(
                        new Command.Line(
                                "echo $TERM; stty size; read line; stty size; stty -a | grep -o -- -echoctl"),
                        CommandEnvironment.NONE,
                        Optional.of(
                                new Terminal(
                                        "xterm",
                                        new WindowSize(101, 33, 0, 0),
                                        new TerminalModes(Map.of(60, 0)))));
        try (RunningCommand running = hops.exec(sshd.host(), command)) {
            String first = until(running, "33 101");
            running.resize(new WindowSize(77, 22, 0, 0));
            running.write(ByteBuffer.wrap("go\n".getBytes(UTF_8)));
            String rest = said(running).get(RunningCommand.Output.STDOUT);
            assertThat(first).contains("xterm");
            assertThat(rest).contains("22 77").contains("-echoctl");
            assertThat(running.await()).isEqualTo(new CommandEnd.Exited(0));
        }
    }

    @Test
    void aSignalEndsACommandAndIsNamed() throws Exception {
        // sshd passes signals on only where it has given up its own privileges for the login.
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
        Command command =
                new Command(
                        new Command.Line("echo ready; exec tail -f /dev/null"),
                        CommandEnvironment.NONE,
                        Optional.empty());
        try (RunningCommand running = hops.exec(sshd.host(), command)) {
            until(running, "ready");
            running.signal(CommandSignal.TERM);
            assertThat(running.await()).isEqualTo(new CommandEnd.Killed(15));
        }
    }

    @Test
    void fileTransferIsAsked() throws Exception {
        Command command =
                new Command(new Command.Sftp(), CommandEnvironment.NONE, Optional.empty());
        try (RunningCommand running = hops.exec(sshd.host(), command)) {
            running.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 3}));
            ByteBuffer answer = ByteBuffer.allocate(5);
            running.read(answer);
            assertThat(answer.get(4)).isEqualTo((byte) 2); // SSH_FXP_VERSION
        }
    }

    @Test
    void aQuestionIsAnsweredOrItsFailureTold() throws Exception {
        assertThat(hops.ask(sshd.host(), "echo yes")).isEqualTo("yes\n");

        assertFails(Code.COMMAND_FAILED, () -> hops.ask(sshd.host(), "echo no >&2; exit 3"));
        assertFails(Code.COMMAND_FAILED, () -> hops.ask(sshd.host(), "yes"));
    }

    private static Map<RunningCommand.Output, String> said(RunningCommand command)
            throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        for (var from = command.read(buffer);
                from != RunningCommand.Output.END;
                from = command.read(buffer)) {
            (from == RunningCommand.Output.STDERR ? err : out)
                    .write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return Map.of(
                RunningCommand.Output.STDOUT, out.toString(UTF_8),
                RunningCommand.Output.STDERR, err.toString(UTF_8));
    }

    private static String until(RunningCommand command, String awaited) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (!new String(buffer.array(), 0, buffer.position(), UTF_8).contains(awaited)) {
            assertThat(command.read(buffer)).isNotEqualTo(RunningCommand.Output.END);
        }
        return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }
}
