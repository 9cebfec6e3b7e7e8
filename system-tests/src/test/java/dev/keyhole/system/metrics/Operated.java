package dev.keyhole.system.metrics;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;

/** What an operator reads of a door. */
record Operated(ServedDoor door) {
    /** {@code keyhole metrics}: over the control socket, so that reading changes none of the numbers about forwards. */
    Exposition metrics() {
        return Exposition.of(door.keyhole("metrics").orFail().stdout());
    }

    JsonObject status() {
        return JsonParser.parseString(door.keyhole("status", "--json").orFail().stdout())
                .getAsJsonObject();
    }

    Ran health() {
        return door.keyhole("health", "--json");
    }
}
