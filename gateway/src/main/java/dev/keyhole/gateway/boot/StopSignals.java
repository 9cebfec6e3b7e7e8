package dev.keyhole.gateway.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C, hang-up and SIGTERM into an orderly end: the first one ends {@link #await}, or interrupts the work
 * before it; the second one interrupts the drain; the third one ends the process. A signal that is ignored, as under
 * nohup, stays ignored.
 */
final class StopSignals {
    private static final int ENDED_BY_FORCE = 1;

    private final Thread owner;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean awaited;

    private StopSignals(Thread owner) {
        this.owner = owner;
    }

    /** Listens from now on, for the calling thread. */
    static StopSignals install() {
        StopSignals signals = new StopSignals(Thread.currentThread());
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            Signal signal = new Signal(name);
            SignalHandler before = Signal.handle(signal, received -> signals.stop());
            if (before.equals(SignalHandler.SIG_IGN)) {
                Signal.handle(signal, before);
            }
        }
        return signals;
    }

    /** Whether the end was asked for. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Asks for the end; what a signal does. */
    void stop() {
        int before = count.getAndIncrement();
        asked.countDown();
        if (before >= 2) {
            Runtime.getRuntime().halt(ENDED_BY_FORCE);
        } else if (before == 1 || !awaited) {
            owner.interrupt();
        }
    }

    /** Waits for the first signal, or for none if it came already. */
    void await() {
        awaited = true;
        boolean waiting = true;
        while (waiting) {
            try {
                asked.await();
                waiting = false;
            } catch (InterruptedException e) {
                waiting = !isAsked(); // the signal came between two steps
            }
        }
    }
}
