package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.workspace.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A service's socket on this machine.
 *
 * @param socket connected and blocking
 */
record PlainSocket(SocketChannel socket) implements ByteStream {
    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
