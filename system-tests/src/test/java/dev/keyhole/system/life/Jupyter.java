package dev.keyhole.system.life;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.Processes;

/**
 * The one process that a notebook server is, in a way that its successor is not.
 *
 * @param startedAt in the kernel's ticks
 */
record Jupyter(long pid, long startedAt) {
    /** As {@code keyhole status} names it; it must be ready. */
    static Jupyter of(Door door) {
        JsonObject status =
                JsonParser.parseString(
                                door.ssh().run("keyhole", "status", "--json").orFail().stdout())
                        .getAsJsonObject();
        long pid =
                status.getAsJsonArray("services").asList().stream()
                        .map(service -> service.getAsJsonObject())
                        .filter(service -> service.get("name").getAsString().equals("jupyter"))
                        .filter(service -> service.has("pid"))
                        .mapToLong(service -> service.get("pid").getAsLong())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("Jupyter is not ready: " + status));
        return new Jupyter(pid, Processes.startedAt(pid));
    }

    boolean isAlive() {
        return Processes.isAlive(pid) && Processes.startedAt(pid) == startedAt;
    }
}
