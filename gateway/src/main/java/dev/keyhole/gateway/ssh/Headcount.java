package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.control.numbers.DoorUse;
import dev.keyhole.gateway.control.numbers.ForwardKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.channel.Channel;

/** Counts what is open, channel by channel, so that no count can drift. Keeps no state. */
final class Headcount {
    private Headcount() {}

    static DoorUse of(List<DoorSession> sessions, Carried carried, boolean draining) {
        Map<ForwardKind, Integer> forwards = new EnumMap<>(ForwardKind.class);
        for (ForwardKind kind : ForwardKind.values()) {
            forwards.put(kind, 0);
        }
        int loggedIn = 0;
        int commands = 0;
        for (DoorSession session : sessions) {
            if (session.principal().isEmpty()) {
                continue; // MINA has no services yet, and throws when asked for one
            }
            loggedIn++;
            DoorConnection connection = session.getService(DoorConnection.class);
            if (connection != null) {
                commands += count(connection, forwards);
            }
        }
        return new DoorUse(
                loggedIn,
                sessions.size() - loggedIn,
                forwards,
                commands,
                carried.bytesIn(),
                carried.bytesOut(),
                draining);
    }

    /** Adds its forwards and returns how many commands it runs. */
    private static int count(DoorConnection connection, Map<ForwardKind, Integer> forwards) {
        int commands = 0;
        for (Channel channel : connection.getChannels()) {
            if (channel instanceof ForwardChannel forward) {
                forward.kind().ifPresent(kind -> forwards.merge(kind, 1, Integer::sum));
            } else if (channel instanceof MemberChannel member
                    && member.runningCommand().isPresent()) {
                commands++;
            }
        }
        return commands;
    }
}
