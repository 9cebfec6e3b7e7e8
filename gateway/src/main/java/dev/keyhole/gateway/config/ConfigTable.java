package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Gpus;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Every key that {@code keyhole.yaml} may hold. The reader knows no other; {@code docs/config.md} lists the same. */
final class ConfigTable {
    static final String NAME = "NAME";

    static final Key<ListenAddress> LISTEN =
            Key.of(
                    "listen",
                    Unit.LISTEN,
                    "0.0.0.0:2222",
                    "Where the SSH door listens. Port 0 lets the kernel choose one.");
    static final Key<Path> HOME =
            Key.of(
                    "home",
                    Unit.DIRECTORY,
                    "/var/lib/keyhole",
                    "Where host key, audit, sockets and workspaces are kept.");
    static final Key<LauncherKind> LAUNCHER =
            Key.of("launcher", Unit.LAUNCHER, "process", "What starts workspaces.");
    static final Key<Integer> RSA_MIN =
            Key.of(
                    "rsa-min",
                    Unit.RSA_BITS,
                    "3072",
                    "RSA keys with fewer bits are not accepted. Below 3072 is a weakening.");

    static final Key<Integer> JUPYTER_PORT =
            Key.of(
                    "services.jupyter.port",
                    Unit.PORT,
                    "8888",
                    "The virtual port of the notebook: what `ssh -L 8000:localhost:8888` asks for.");
    static final Key<Integer> TENSORBOARD_PORT =
            Key.of(
                    "services.tensorboard.port",
                    Unit.PORT,
                    "6006",
                    "The virtual port of TensorBoard.");
    static final Key<Path> TENSORBOARD_LOGDIR =
            Key.optional(
                    "services.tensorboard.logdir",
                    Unit.PATH,
                    "What TensorBoard reads. A relative path starts at the workspace's home.");
    static final Key<Boolean> OWN_LOOPBACK =
            Key.of(
                    "services.own-loopback",
                    Unit.ALLOW_OR_DENY,
                    "deny",
                    "Whether a forward may reach other loopback ports on which the principal's own OS user listens.");

    static final Key<ByteSize> MEMORY =
            Key.optional(
                    "workspace.memory",
                    Unit.SIZE,
                    "How much memory a workspace may use; its largest process is killed above that.");
    static final Key<BigDecimal> CPUS =
            Key.optional("workspace.cpus", Unit.CPUS, "How many CPUs a workspace may use.");
    static final Key<Integer> PIDS =
            Key.of(
                    "workspace.pids",
                    Unit.PIDS,
                    "4096",
                    "How many processes and threads a workspace may have.");
    static final Key<Gpus> GPUS =
            Key.of(
                    "workspace.gpus",
                    Unit.GPUS,
                    "all",
                    "Which GPUs a workspace may open. A number gives it so many that no other running workspace has.");
    static final Key<AddressBlock> NETWORK =
            Key.of(
                    "workspace.network",
                    Unit.NETWORK,
                    "100.96.0.0/16",
                    "Addresses for the workspaces' own networks, four for each. Nothing else of this machine's networks may use them.");
    static final Key<TimeSpan> IDLE_AFTER =
            Key.optional(
                    "workspace.idle-after",
                    Unit.TIME,
                    "A workspace without forward, busy kernel or terminal for so long is stopped. Without it none is.");
    static final Key<Integer> MOST_WORKSPACES =
            Key.optional(
                    "workspace.most",
                    Unit.COUNT,
                    "How many workspaces may run at the same time, of everybody together. Without it there is no such limit.");
    static final Key<TimeSpan> KEEP_MOST =
            Key.of(
                    "workspace.keep-most",
                    Unit.TIME,
                    "72h",
                    "How long `keyhole keep` may hold a workspace that nobody uses.");

    static final Key<Integer> SESSIONS =
            Key.of(
                    "limits.sessions",
                    Unit.COUNT,
                    "10",
                    "How many sessions a principal may have open, unless it has a limit of its own.");
    static final Key<Integer> FORWARDS =
            Key.of(
                    "limits.forwards",
                    Unit.COUNT,
                    "256",
                    "How many forwards a principal may have open over all its sessions, unless it has a limit of its own. A browser opens several for one page.");
    static final Key<ByteSize> BYTES_PER_SECOND =
            Key.optional(
                    "limits.bytes-per-second",
                    Unit.SIZE,
                    "How much all forwards of a principal carry in a second, each way, unless it has a limit of its own. Without it: as much as there is.");

    static final Key<TimeSpan> UNUSED_AFTER =
            Key.of(
                    "session.unused-after",
                    Unit.TIME,
                    "8h",
                    "A session without any channel for so long is ended. A port that the client only listens on is no channel.");

    static final Key<AddressBlock> BAN_EXEMPT =
            Key.list("ban.exempt", Unit.RANGE, "Sources that are never punished.")
                    .notYetEffective();
    static final Key<TimeSpan> AUDIT_RETAIN =
            Key.optional(
                            "audit.retain",
                            Unit.TIME,
                            "How long audit events are kept. Without it they are kept for ever.")
                    .notYetEffective();
    static final Key<URI> AUDIT_SYSLOG =
            Key.optional("audit.syslog", Unit.SYSLOG, "Where else audit events are sent.")
                    .notYetEffective();

    static final Key<Boolean> METRICS_SERVICE =
            Key.of(
                    "metrics.service",
                    Unit.ON_OR_OFF,
                    "off",
                    "Whether principals with the role admin reach the door's numbers through a forward: `ssh -N -L 9090:metrics:80 HOST`.");

    static final Key<String> PRINCIPAL_KEYS =
            Key.list(
                    "principals.NAME.keys", Unit.KEY_LINE, "Public keys that name this principal.");
    static final Key<Path> PRINCIPAL_KEY_FILES =
            Key.list(
                    "principals.NAME.key-files",
                    Unit.PATH,
                    "Files of such lines, read at the start. A relative path starts at the config file.");

    /** In the order of the reference. */
    static final List<Key<?>> KEYS =
            List.of(
                    LISTEN,
                    HOME,
                    LAUNCHER,
                    RSA_MIN,
                    JUPYTER_PORT,
                    TENSORBOARD_PORT,
                    TENSORBOARD_LOGDIR,
                    OWN_LOOPBACK,
                    MEMORY,
                    CPUS,
                    PIDS,
                    GPUS,
                    NETWORK,
                    IDLE_AFTER,
                    MOST_WORKSPACES,
                    KEEP_MOST,
                    SESSIONS,
                    FORWARDS,
                    BYTES_PER_SECOND,
                    UNUSED_AFTER,
                    BAN_EXEMPT,
                    AUDIT_RETAIN,
                    AUDIT_SYSLOG,
                    METRICS_SERVICE,
                    PRINCIPAL_KEYS,
                    PRINCIPAL_KEY_FILES);

    /** None so far. A key that leaves {@link #KEYS} comes here and stays. */
    static final List<RetiredKey> RETIRED = List.of();

    private ConfigTable() {}
}
