package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person takes all the bytes that there are, another one types. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FairnessTest {
    private static final int CONNECTIONS = 2;

    private final ServedDoor door = ServedDoor.of("", "greedy", "typist");

    @BeforeAll
    void grant() {
        door.keyhole("principal", "set", "greedy", "--shell").orFail();
        door.keyhole("principal", "set", "typist", "--shell").orFail();
    }

    @AfterAll
    void close() {
        door.close();
    }

    // A21
    @Test
    void whoTypesWaitsATenthOfASecondAtMostWhileAnotherSaturatesTheDoor() throws IOException {
        JsonObject alone = typing();
        List<Process> downloads = new ArrayList<>();
        try {
            for (int number = 0; number < CONNECTIONS; number++) {
                downloads.add(
                        new ProcessBuilder(door.ssh("greedy").command("exec cat /dev/zero"))
                                .redirectInput(Path.of("/dev/null").toFile())
                                .redirectOutput(Path.of("/dev/null").toFile())
                                .redirectError(Path.of("/dev/null").toFile())
                                .start());
            }
            JsonObject beside = typing();

            System.out.println("flood: typing alone " + alone + ", beside downloads " + beside);
            assertThat(downloads).as(door.said()).allMatch(Process::isAlive);
            assertThat(beside.get("p99").getAsDouble())
                    .as("p99 in ms")
                    .isLessThanOrEqualTo(Soak.isFull() ? 100 : 250);
        } finally {
            downloads.forEach(Process::destroy);
        }
    }

    private JsonObject typing() {
        return Python.script(
                "typing_beside.py",
                "" + door.port(),
                door.key("typist").file().toString(),
                "typist",
                "" + Soak.count(3_000, 250));
    }
}
