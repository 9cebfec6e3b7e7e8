package dev.keyhole.system.flood;

import dev.keyhole.system.Ran;
import dev.keyhole.system.Ssh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody with every right to, who logs in once a second while something else happens. */
final class Beside {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Ssh ssh;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Duration> times = new ArrayList<>();
    private final List<Ran> failed = new ArrayList<>();
    private final Thread thread;

    private Beside(Ssh ssh) {
        this.ssh = ssh;
        this.thread = Thread.ofVirtual().name("beside").start(this::logInEachSecond);
    }

    static Beside start(Ssh ssh) {
        return new Beside(ssh);
    }

    /** The same without anything beside it, one after the other. */
    static Logins alone(Ssh ssh, int count) {
        List<Duration> times = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            long began = System.nanoTime();
            ssh.run("keyhole", "services").orFail();
            times.add(Duration.ofNanos(System.nanoTime() - began));
        }
        return new Logins(count, times);
    }

    private void logInEachSecond() {
        try {
            long pause;
            do {
                long began = System.nanoTime();
                Ran ran = ssh.run("keyhole", "services");
                if (ran.exit() == 0) {
                    times.add(Duration.ofNanos(System.nanoTime() - began));
                } else {
                    failed.add(ran);
                }
                pause = Math.max(0, began + SECOND - System.nanoTime());
            } while (!over.await(pause, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops, and tells how it went. */
    Logins end() throws InterruptedException {
        over.countDown();
        thread.join();
        failed.forEach(ran -> System.out.println("flood: a good login failed: " + ran));
        return new Logins(times.size() + failed.size(), times);
    }
}
