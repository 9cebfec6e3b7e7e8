package dev.keyhole.gateway.operator;

import dev.keyhole.gateway.control.operator.Operator;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/** Tells operators from others by what the kernel says about the other end (SO_PEERCRED, unix(7)). Immutable. */
final class Peers {
    private static final long ROOT = 0;

    private final long ownUid;
    private final UserPrincipal own;
    private final UserPrincipal root;

    private Peers(long ownUid) throws IOException {
        this.ownUid = ownUid;
        this.own = user(ownUid);
        this.root = user(ROOT);
    }

    /** Root and the OS user that this process runs as. */
    static Peers ofThisProcess() throws IOException {
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return new Peers(Integer.toUnsignedLong(uid));
    }

    private static UserPrincipal user(long uid) throws IOException {
        return FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(Long.toString(uid));
    }

    /** Who operates; empty for anybody else. */
    Optional<Operator> operator(SocketChannel channel) throws IOException {
        UserPrincipal peer = peer(channel);
        if (peer.equals(own)) {
            return Optional.of(new Operator(ownUid, peer.getName()));
        }
        return peer.equals(root)
                ? Optional.of(new Operator(ROOT, peer.getName()))
                : Optional.empty();
    }

    /** The name of whoever it is. */
    String login(SocketChannel channel) throws IOException {
        return peer(channel).getName();
    }

    private static UserPrincipal peer(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }
}
