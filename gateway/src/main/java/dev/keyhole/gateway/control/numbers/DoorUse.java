package dev.keyhole.gateway.control.numbers;

import java.util.Map;

/**
 * What is open at a door.
 *
 * @param sessions authenticated connections
 * @param withoutLogin connections that have not logged in yet
 * @param forwards open forwards of each kind; every kind is there
 * @param commands shells, commands and sftp that run
 * @param bytesIn of all forwards since the start, from clients to services
 * @param bytesOut of all forwards since the start, from services to clients
 * @param draining whether the door takes nothing new
 */
public record DoorUse(
        int sessions,
        int withoutLogin,
        Map<ForwardKind, Integer> forwards,
        int commands,
        long bytesIn,
        long bytesOut,
        boolean draining) {
    public DoorUse {
        forwards = Map.copyOf(forwards);
    }

    /** Forwards of every kind together. */
    public int allForwards() {
        return forwards.values().stream().mapToInt(Integer::intValue).sum();
    }
}
