package dev.keyhole.gateway.ssh.hop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.RunningCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a command that ends soon has to say: bounded, because the host is not ours. */
record Answer(RunningCommand command) {
    private static final int MOST = 1 << 20;
    private static final int MOST_COMPLAINTS = 4 * 1024;

    /** @throws IOException with a reason, when it ends badly or says too much */
    byte[] text() throws IOException, InterruptedException {
        command.endInput();
        var text = new ByteArrayOutputStream();
        var complaints = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
        for (var from = command.read(buffer);
                from != RunningCommand.Output.END;
                from = command.read(buffer)) {
            var into = from == RunningCommand.Output.STDERR ? complaints : text;
            into.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (text.size() > MOST || complaints.size() > MOST_COMPLAINTS) {
                throw new IOException("it said too much");
            }
        }
        CommandEnd end = command.await();
        if (!end.equals(new CommandEnd.Exited(0))) {
            throw new IOException(end.text() + " " + complaints.toString(UTF_8).strip());
        }
        return text.toByteArray();
    }
}
