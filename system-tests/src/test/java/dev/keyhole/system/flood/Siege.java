package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Soak;
import java.util.concurrent.Callable;

/** An attack on a door, with what must hold beside it and after it whatever the attack is. */
final class Siege {
    private final Door door;
    private final Logins idle;

    /** Measures logins without an attack first. */
    Siege(Door door) {
        this.door = door;
        Beside.alone(door.ssh(), 2);
        this.idle = Beside.alone(door.ssh(), Soak.count(30, 5));
    }

    /**
     * Attacks. Logins beside it succeed, 99 of 100; a full run also wants them in twice the idle time at most. Afterwards
     * the door holds no more than before.
     */
    <T> T with(String name, Callable<T> attack) throws Exception {
        Vitals before = Vitals.of(door.doorPid());
        Beside beside = Beside.start(door.ssh());
        long cpu = Processes.cpuMillis(door.doorPid());
        long began = System.nanoTime();
        Logins during;
        T verdict;
        try {
            verdict = attack.call();
        } finally {
            during = beside.end();
        }
        double lasted = (System.nanoTime() - began) / 1e6;
        double cores = (Processes.cpuMillis(door.doorPid()) - cpu) / lasted;
        System.out.printf("flood: %s: %s; idle %s%n", name, during, idle);
        System.out.printf(
                "flood: %s: %.1f s, %.2f cores, %s%n", name, lasted / 1e3, cores, verdict);
        assertThat(during.share()).as("logins beside " + name).isGreaterThanOrEqualTo(0.99);
        if (Soak.isFull()) {
            assertThat(during.p95())
                    .as("p95 of logins beside " + name)
                    .isLessThanOrEqualTo(idle.p95().multipliedBy(2));
        }
        before.awaitAgain(door.doorPid());
        System.out.printf(
                "flood: %s: before %s, after %s%n", name, before, Vitals.of(door.doorPid()));
        return verdict;
    }
}
