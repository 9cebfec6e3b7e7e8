package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs one of OpenSSH's small tools to its end. Arguments go to the program as they are; no shell is involved. */
final class Tool {
    /** What a finished tool said on its standard output, and its exit status. */
    record Answer(int status, List<String> lines) {}

    private Tool() {}

    static Answer run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), said.lines().toList());
        } catch (IOException e) {
            throw missing(command.getFirst());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunnelEnded(ExitStatus.FAILED, "Interrupted.", "Run the command again.");
        }
    }

    static TunnelEnded missing(String program) {
        return new TunnelEnded(
                ExitStatus.FAILED,
                "The program `" + program + "` cannot be started.",
                "Install the OpenSSH client: apt install openssh-client (macOS and Windows 10 have it built in).");
    }
}
