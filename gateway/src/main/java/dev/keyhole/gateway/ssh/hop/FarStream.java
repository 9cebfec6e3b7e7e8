package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/** A forward through a host, open. */
record FarStream(FarChannel channel) implements ByteStream {
    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        try {
            return channel.read(into) == Output.END ? -1 : into.position() - before;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        try {
            return channel.write(from);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("nobody waits for it any more");
    }

    @Override
    public void endOutput() throws IOException {
        channel.endOutput();
    }

    @Override
    public void close() {
        channel.letGo();
    }
}
