package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.workspace.CommandEnd;
import java.io.IOException;
import org.apache.sshd.common.channel.LocalWindow;

/** What a command needs of its session channel. */
interface CommandChannel {
    ChannelWriter writer();

    /** Of what the client may still send. */
    LocalWindow window();

    /** Says how the command ended, and EOF (RFC 4254, section 6.10). */
    void sayEnd(CommandEnd end) throws IOException;
}
