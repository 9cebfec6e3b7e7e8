package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Packets that no client sends, and changes on the way. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class TransportTest {
    // E15
    @Test
    void nothingSlipsInBeforeTheNewKeys(Door door) {
        JsonObject wentOn = Python.attack(door, "transport.py", "fillers-before-newkeys");

        assertThat(Verdicts.each(wentOn, JsonElement::getAsBoolean))
                .hasSize(6)
                .doesNotContainValue(true);
    }

    // E17
    @Test
    void aFlippedBitEndsTheSessionAndIsNeverTakenAsData(Door door) {
        JsonObject verdict = Python.attack(door, "transport.py", "flipped-bits");

        assertThat(verdict.get("tries").getAsInt()).isEqualTo(100);
        assertThat(verdict.get("ended").getAsInt()).isEqualTo(100);
        assertThat(verdict.get("data").getAsInt()).isZero();
    }

    // A9
    @Test
    void impossibleLengthsAndPaddingsAreCutAtOnce(Door door) {
        long before = dev.keyhole.system.Processes.residentMebibytes(door.doorPid());

        JsonObject seconds = Python.attack(door, "transport.py", "packet-lengths");

        assertThat(seconds.entrySet())
                .hasSize(36)
                .allSatisfy(entry -> {
                    assertThat(entry.getValue().isJsonNull())
                            .as("%s was taken", entry.getKey())
                            .isFalse();
                    assertThat(entry.getValue().getAsDouble()).as(entry.getKey()).isLessThan(3);
                });
        assertThat(dev.keyhole.system.Processes.residentMebibytes(door.doorPid()) - before)
                .isLessThan(128);
    }
}
