package dev.keyhole.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process of {@code ssh} and what it says. A virtual thread listens until the process has ended. */
final class SshRun implements AutoCloseable {
    private final Process process;
    private final Conversation conversation;

    private SshRun(Process process, Conversation conversation) {
        this.process = process;
        this.conversation = conversation;
    }

    static SshRun start(SshCommand command, Consumer<String> remarks) {
        try {
            Process process =
                    new ProcessBuilder(command.arguments())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            SshRun run = new SshRun(process, new Conversation(remarks));
            Thread.ofVirtual().name("ssh " + process.pid()).start(run::listen);
            return run;
        } catch (IOException e) {
            throw Tool.missing("ssh");
        }
    }

    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(conversation::hear);
        } catch (IOException | UncheckedIOException e) {
            // The pipe is gone because the process is: its end is what counts.
        } finally {
            process.onExit().join();
            conversation.end();
        }
    }

    Conversation conversation() {
        return conversation;
    }

    /** Whether the process that listens on the local port is this one; where nobody can say, what it said counts. */
    boolean owns(int port) {
        return process.isAlive()
                && LoopbackOwner.find(port)
                        .map(owner -> owner.isHeldBy(process.toHandle()))
                        .orElse(true);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
