package dev.keyhole.gateway.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A command that was started in a workspace.
 *
 * <p>One thread reads, one writes; both may block inside the kernel, so use platform threads. The other methods may be
 * called by any thread and return soon.
 */
public interface RunningCommand extends AutoCloseable {
    /** Where output came from. */
    enum Output {
        STDOUT,
        STDERR,
        /** There is no more, and nothing was read. */
        END
    }

    /**
     * Waits for output and puts some of it into the buffer, which must have room. On a terminal everything is STDOUT,
     * and its end is there when the command's main process has ended.
     */
    Output read(ByteBuffer into) throws IOException, InterruptedException;

    /**
     * Returns when the command has taken all of it.
     *
     * @throws IOException when the command reads no more
     */
    void write(ByteBuffer input) throws IOException, InterruptedException;

    /** No more will be written. A terminal does not hear of it. */
    void endInput();

    /** Has no effect without a terminal. */
    void resize(WindowSize size);

    /** To the terminal's foreground processes; without a terminal, to the command and what it started. */
    void signal(CommandSignal signal);

    /** Waits for the end of the main process. */
    CommandEnd await() throws InterruptedException;

    /**
     * Hangs up, unless it has ended: SIGHUP, and after a grace SIGKILL for whatever is left in its process session.
     * Spared are processes that ignore SIGHUP, which is what nohup(1) is for, and those with a session of their own,
     * such as tmux; these belong to the workspace and end with it. Returns at once.
     */
    @Override
    void close();
}
