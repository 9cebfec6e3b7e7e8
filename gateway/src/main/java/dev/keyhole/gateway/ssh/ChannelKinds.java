package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import java.util.Optional;
import org.apache.sshd.server.channel.AbstractServerChannel;

/** The two kinds of channels that there are. Immutable, therefore thread-safe. */
final class ChannelKinds {
    private final ForwardPath forwards;
    private final MemberDesk desk;

    ChannelKinds(ForwardPath forwards, MemberDesk desk) {
        this.forwards = forwards;
        this.desk = desk;
    }

    /** A channel for the type that a client asks for; empty for every type that is not offered. */
    Optional<AbstractServerChannel> open(String type, Authenticated who) {
        return switch (type) {
            case "direct-tcpip" -> Optional.of(new ForwardChannel(who, forwards));
            case "session" -> Optional.of(new MemberChannel(who, desk));
            default -> Optional.empty();
        };
    }
}
