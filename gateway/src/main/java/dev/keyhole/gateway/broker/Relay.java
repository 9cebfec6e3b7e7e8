package dev.keyhole.gateway.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Carries bytes between two sockets, each direction until its end: an end is passed on and the other direction goes on. It
 * holds one buffer for each direction and no more. Blocks its thread and one more.
 */
final class Relay {
    private static final int BUFFER = 64 * 1024;

    private final SocketChannel one;
    private final SocketChannel other;

    Relay(SocketChannel one, SocketChannel other) {
        this.one = one;
        this.other = other;
    }

    /** Returns when both directions have ended; both sockets are closed then. */
    void untilEnd() throws InterruptedException {
        Thread back =
                Thread.ofPlatform().name("broker-relay").daemon().start(() -> carry(other, one));
        carry(one, other);
        back.join();
    }

    private void carry(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (from.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeBoth(); // a broken side is no end of stream: the other must see it too
        }
    }

    private void closeBoth() {
        for (SocketChannel socket : new SocketChannel[] {one, other}) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is of no use to anybody any more
            }
        }
    }
}
