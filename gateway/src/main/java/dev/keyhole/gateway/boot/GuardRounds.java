package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.ban.BanRules;
import dev.keyhole.gateway.ban.BanStore;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.ban.Drops;
import dev.keyhole.gateway.ban.Guard;
import dev.keyhole.gateway.ban.GuardRules;
import dev.keyhole.gateway.ban.PenaltyRules;
import dev.keyhole.gateway.config.Config;
import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The guard of a door, and its round every second: what is over is forgotten, what has changed is kept. */
final class GuardRounds implements Closeable {
    private final Guard guard;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("guard").daemon().factory());

    private GuardRounds(Guard guard) {
        this.guard = guard;
    }

    static GuardRounds begin(
            Config.Ban config, BanStore store, Drops drops, AuditLog audit, Clock clock)
            throws BansUnavailable {
        SecureRandom random = new SecureRandom();
        Guard guard = new Guard(rules(config), store, drops, audit, clock, random, random);
        guard.remember(System.nanoTime());
        GuardRounds begun = new GuardRounds(guard);
        begun.rounds.scheduleWithFixedDelay(
                () -> guard.sweep(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
        return begun;
    }

    Guard guard() {
        return guard;
    }

    private static GuardRules rules(Config.Ban config) {
        return new GuardRules(
                PenaltyRules.of(
                        config.sources(),
                        config.amounts().loginFailed().duration(),
                        config.amounts().nothingTried().duration(),
                        config.amounts().timeout().duration(),
                        config.amounts().revoked().duration(),
                        config.amounts().violation().duration(),
                        config.amounts().least().duration(),
                        config.amounts().most().duration()),
                new BanRules(
                        config.exempt(),
                        config.after(),
                        config.first().duration(),
                        config.longest().duration(),
                        config.forgiveAfter().duration(),
                        config.friendFor().duration()),
                config.startups(),
                config.perSource());
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        guard.sweep(System.nanoTime());
    }
}
