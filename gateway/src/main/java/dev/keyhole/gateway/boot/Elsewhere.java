package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditPlace;
import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.Outage;
import dev.keyhole.gateway.checkpoints.AppendedFile;
import dev.keyhole.gateway.checkpoints.CheckpointPush;
import dev.keyhole.gateway.checkpoints.RunCommand;
import dev.keyhole.gateway.checkpoints.Way;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.Located;
import dev.keyhole.gateway.control.numbers.SyslogUse;
import dev.keyhole.gateway.syslog.AuditSource;
import dev.keyhole.gateway.syslog.Authorities;
import dev.keyhole.gateway.syslog.Receiver;
import dev.keyhole.gateway.syslog.Syslog;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/** What carries the audit, or signatures of it, out of the home, as the config wants it. Immutable; its parts have threads. */
record Elsewhere(Optional<Syslog> syslog, List<CheckpointPush> checkpoints) implements Closeable {
    /**
     * Begins with it; the audit must be open already.
     *
     * @param revealed a line of the audit with the names behind its pseudonyms
     * @throws IOException with a message for the operator; nothing is left running
     */
    static Elsewhere open(
            Config.Audit config,
            HomeLayout home,
            AuditPlace place,
            AuditLog audit,
            UnaryOperator<String> revealed,
            Clock clock)
            throws IOException {
        List<CheckpointPush> pushes = new ArrayList<>();
        Optional<Syslog> syslog = Optional.empty();
        try {
            for (Way way : ways(config.checkpoints())) {
                pushes.add(
                        CheckpointPush.open(
                                new CheckpointFollower(place),
                                way,
                                home.pushedPlace(way.word()),
                                notPushed(way.to(), audit, clock)));
            }
            if (config.syslog().isPresent()) {
                syslog =
                        Optional.of(
                                syslog(config.syslog().get(), home, place, audit, revealed, clock));
            }
            return new Elsewhere(syslog, List.copyOf(pushes));
        } catch (IOException | RuntimeException e) {
            pushes.forEach(CheckpointPush::close);
            throw e;
        }
    }

    private static List<Way> ways(Config.CheckpointPush config) {
        List<Way> ways = new ArrayList<>();
        config.file().ifPresent(file -> ways.add(new AppendedFile(file.value())));
        if (!config.command().isEmpty()) {
            ways.add(new RunCommand(config.command().stream().map(Located::value).toList()));
        }
        return ways;
    }

    private static Outage notPushed(String to, AuditLog audit, Clock clock) {
        return new Outage(
                to,
                audit,
                clock,
                reason -> new AuditEvent.CheckpointNotPushed(to, reason),
                since -> new AuditEvent.CheckpointPushedAgain(to, since));
    }

    private static Syslog syslog(
            Config.Syslog config,
            HomeLayout home,
            AuditPlace place,
            AuditLog audit,
            UnaryOperator<String> revealed,
            Clock clock)
            throws IOException {
        Receiver receiver = receiver(config);
        Outage outage =
                new Outage(
                        receiver.toString(),
                        audit,
                        clock,
                        reason -> new AuditEvent.SyslogUnreachable(receiver.toString(), reason),
                        since -> new AuditEvent.SyslogAgain(receiver.toString(), since));
        return Syslog.open(
                receiver,
                AuditSource.of(place, config.facility().number(), hostname(), revealed, clock),
                home.syslogPlace(),
                outage);
    }

    private static Receiver receiver(Config.Syslog config) throws IOException {
        URI uri = config.receiver();
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        Optional<Path> ca = config.ca().map(Located::value);
        Optional<SSLSocketFactory> tls =
                uri.getScheme().equals("tls")
                        ? Optional.of(Authorities.trusting(ca))
                        : Optional.empty();
        return new Receiver(host, uri.getPort(), tls, config.name().orElse(host));
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "-";
        }
    }

    /** Up to which event the audit may be thrown away here. */
    long arrivedUpTo() {
        return syslog.map(Syslog::arrivedUpTo).orElse(Long.MAX_VALUE);
    }

    Optional<SyslogUse> syslogUse() {
        return syslog.map(Syslog::use);
    }

    Optional<String> syslogTrouble() {
        return syslog.flatMap(Syslog::trouble);
    }

    Optional<String> checkpointTrouble() {
        String all =
                checkpoints.stream()
                        .map(CheckpointPush::trouble)
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** The audit is about to be closed; what it says last can still go out. */
    void doorEnds() {
        syslog.ifPresent(Syslog::doorEnds);
        checkpoints.forEach(CheckpointPush::doorEnds);
    }

    /** Waits a few seconds at most, for all of them at once. */
    @Override
    public void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            syslog.ifPresent(one -> closing.execute(one::close));
            checkpoints.forEach(one -> closing.execute(one::close));
        }
    }
}
