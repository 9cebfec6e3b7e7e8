package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.StartupRules;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A whole {@code keyhole.yaml}, with defaults filled in. Only the reader and {@code up} make one. Immutable. */
public record Config(
        ListenAddress listen,
        Path home,
        LauncherKind launcher,
        Services services,
        WorkspaceLimits workspace,
        Containers containers,
        Limits limits,
        Sessions sessions,
        Ban ban,
        Audit audit,
        Metrics metrics,
        int rsaMin,
        SortedMap<PrincipalName, PrincipalKeys> principals) {

    /** The same door at another address. */
    public Config withListen(ListenAddress other) {
        return new Config(
                other,
                home,
                launcher,
                services,
                workspace,
                containers,
                limits,
                sessions,
                ban,
                audit,
                metrics,
                rsaMin,
                principals);
    }

    /** The same door with other keys. */
    public Config withPrincipals(SortedMap<PrincipalName, PrincipalKeys> others) {
        return new Config(
                listen,
                home,
                launcher,
                services,
                workspace,
                containers,
                limits,
                sessions,
                ban,
                audit,
                metrics,
                rsaMin,
                others);
    }

    /** What every workspace offers. */
    public record Services(
            int jupyterPort,
            int tensorboardPort,
            Optional<Path> tensorboardLogdir,
            boolean ownLoopback) {
        /** The virtual port of each service. */
        public Map<ServiceName, Integer> ports() {
            return Map.of(
                    ServiceName.JUPYTER, jupyterPort, ServiceName.TENSORBOARD, tensorboardPort);
        }
    }

    /**
     * How much a workspace may use, and for how long.
     *
     * @param most workspaces that may run at the same time, of everybody together
     * @param keepMost how long {@code keyhole keep} may hold one at most
     */
    public record WorkspaceLimits(
            Optional<ByteSize> memory,
            Optional<BigDecimal> cpus,
            Optional<TimeSpan> idleAfter,
            int pids,
            Gpus gpus,
            AddressBlock network,
            Optional<Integer> most,
            TimeSpan keepMost) {
        /** Where a config says nothing. */
        public static WorkspaceLimits usual() {
            return new WorkspaceLimits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ConfigTable.PIDS.usual(),
                    ConfigTable.GPUS.usual(),
                    ConfigTable.NETWORK.usual(),
                    Optional.empty(),
                    ConfigTable.KEEP_MOST.usual());
        }
    }

    /**
     * How workspaces are containers, where they are.
     *
     * @param image what they run; there is one where the launcher is {@link LauncherKind#CONTAINER}
     * @param engine its socket; absent means the usual ones
     */
    public record Containers(
            Optional<String> image, Optional<Path> engine, ContainerNetwork network) {
        /** Where a config says nothing. */
        public static Containers usual() {
            return new Containers(
                    Optional.empty(), Optional.empty(), ConfigTable.CONTAINER_NETWORK.usual());
        }
    }

    /**
     * What each principal may have open, unless an operator gave it limits of its own.
     *
     * @param bytesPerSecond over all its forwards, each way; absent means as much as there is
     */
    public record Limits(int sessions, int forwards, Optional<ByteSize> bytesPerSecond) {
        /** Where a config says nothing. */
        public static Limits usual() {
            return new Limits(
                    ConfigTable.SESSIONS.usual(), ConfigTable.FORWARDS.usual(), Optional.empty());
        }
    }

    /**
     * How sessions are kept.
     *
     * @param unusedAfter how long one may be without any channel
     */
    public record Sessions(TimeSpan unusedAfter) {
        /** Where a config says nothing. */
        public static Sessions usual() {
            return new Sessions(ConfigTable.UNUSED_AFTER.usual());
        }
    }

    /**
     * Who is punished for failed connections, and how.
     *
     * @param exempt who is not
     * @param after how many enforced penalties in a row are a ban
     * @param startups how many connections may wait for their login
     * @param perSource how many of these of one source
     * @param sources how many are remembered, of each family
     */
    public record Ban(
            List<AddressBlock> exempt,
            Amounts amounts,
            int after,
            TimeSpan first,
            TimeSpan longest,
            TimeSpan forgiveAfter,
            TimeSpan friendFor,
            StartupRules startups,
            int perSource,
            int sources) {
        /** Where a config says nothing but who is exempt. */
        public static Ban usual(List<AddressBlock> exempt) {
            return new Ban(
                    exempt,
                    new Amounts(
                            ConfigTable.BAN_LOGIN_FAILED.usual(),
                            ConfigTable.BAN_NOTHING_TRIED.usual(),
                            ConfigTable.BAN_TIMEOUT.usual(),
                            ConfigTable.BAN_REVOKED.usual(),
                            ConfigTable.BAN_VIOLATION.usual(),
                            ConfigTable.BAN_LEAST.usual(),
                            ConfigTable.BAN_MOST.usual()),
                    ConfigTable.BAN_AFTER.usual(),
                    ConfigTable.BAN_FIRST.usual(),
                    ConfigTable.BAN_LONGEST.usual(),
                    ConfigTable.BAN_FORGIVE_AFTER.usual(),
                    ConfigTable.BAN_FRIEND_FOR.usual(),
                    ConfigTable.BAN_STARTUPS.usual(),
                    ConfigTable.BAN_PER_SOURCE.usual(),
                    ConfigTable.BAN_SOURCES.usual());
        }
    }

    /**
     * What offences cost.
     *
     * @param least up to that a penalty is not enforced
     * @param most no penalty grows beyond that
     */
    public record Amounts(
            TimeSpan loginFailed,
            TimeSpan nothingTried,
            TimeSpan timeout,
            TimeSpan revoked,
            TimeSpan violation,
            TimeSpan least,
            TimeSpan most) {}

    /** How long the audit is kept, and where else it goes. */
    public record Audit(
            Optional<TimeSpan> retain, Optional<Syslog> syslog, CheckpointPush checkpoints) {
        /** Where a config says nothing. */
        public static Audit usual() {
            return new Audit(
                    Optional.empty(),
                    Optional.empty(),
                    new CheckpointPush(Optional.empty(), List.of()));
        }
    }

    /**
     * A receiver of syslog messages.
     *
     * @param receiver {@code tls://HOST:PORT} or {@code tcp://HOST:PORT}
     * @param ca who vouches for its certificate; absent means those that Java trusts
     * @param name that its certificate must have; absent means the host's
     */
    public record Syslog(
            URI receiver,
            Optional<Located<Path>> ca,
            Optional<String> name,
            SyslogFacility facility) {}

    /**
     * Where signed checkpoints go besides the home.
     *
     * @param file to append to
     * @param command program and arguments; empty means none
     */
    public record CheckpointPush(Optional<Located<Path>> file, List<Located<String>> command) {}

    /**
     * The door's numbers.
     *
     * @param service whether admins reach them through a forward
     */
    public record Metrics(boolean service) {
        /** Where a config says nothing. */
        public static Metrics usual() {
            return new Metrics(ConfigTable.METRICS_SERVICE.usual());
        }
    }

    /**
     * The keys of one principal, not looked into yet.
     *
     * @param lines in the format of {@code authorized_keys}
     * @param files of such lines; absolute
     * @param shell whether it may have one; absent means what was decided by verbs
     */
    public record PrincipalKeys(
            List<Located<String>> lines, List<Located<Path>> files, Optional<Boolean> shell) {
        /** Keys alone. */
        public PrincipalKeys(List<Located<String>> lines, List<Located<Path>> files) {
            this(lines, files, Optional.empty());
        }

        /** The same with every usable line in it. */
        public PrincipalKeys inlined(List<Located<String>> usable) {
            return new PrincipalKeys(usable, List.of(), shell);
        }
    }
}
