package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.StartupRules;
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
                    "Where the SSH door listens. Port 0 lets the kernel choose one. A unix socket is for doors inside of containers.");
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

    static final Key<String> CONTAINER_IMAGE =
            Key.optional(
                    "container.image",
                    Unit.IMAGE,
                    "What `launcher: container` runs: an image of `keyhole image build`. One that `keyhole image update` offers takes its place.");
    static final Key<Path> CONTAINER_ENGINE =
            Key.optional(
                    "container.engine",
                    Unit.FILE,
                    "The engine's socket. Without it the usual ones are looked for: Podman's of this user, of root, Docker's.");
    static final Key<ContainerNetwork> CONTAINER_NETWORK =
            Key.of(
                    "container.network",
                    Unit.CONTAINER_NETWORK,
                    "open",
                    "What a workspace in a container reaches.");

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
            Key.list(
                    "ban.exempt",
                    Unit.RANGE,
                    "Sources that are never punished nor counted. Loopback is none of them unless it is named.");
    static final Key<TimeSpan> BAN_LOGIN_FAILED =
            Key.of(
                    "ban.penalty.login-failed",
                    Unit.TIME,
                    "5s",
                    "What a connection costs its source that tried keys and had none accepted, however many. The same for known and unknown login names.");
    static final Key<TimeSpan> BAN_NOTHING_TRIED =
            Key.of(
                    "ban.penalty.nothing-tried",
                    Unit.TIME,
                    "1s",
                    "What a connection costs that ended without trying to log in.");
    static final Key<TimeSpan> BAN_TIMEOUT =
            Key.of(
                    "ban.penalty.timeout",
                    Unit.TIME,
                    "10s",
                    "What a connection costs that did not log in within 30 s.");
    static final Key<TimeSpan> BAN_REVOKED =
            Key.of(
                    "ban.penalty.revoked",
                    Unit.TIME,
                    "10s",
                    "What a login with a revoked certificate costs.");
    static final Key<TimeSpan> BAN_VIOLATION =
            Key.of(
                    "ban.penalty.violation",
                    Unit.TIME,
                    "90s",
                    "What a connection costs that broke the SSH protocol.");
    static final Key<TimeSpan> BAN_LEAST =
            Key.of(
                    "ban.penalty.least",
                    Unit.TIME,
                    "15s",
                    "A source whose penalties come to more than that is refused until they are over; time takes them away.");
    static final Key<TimeSpan> BAN_MOST =
            Key.of(
                    "ban.penalty.most",
                    Unit.TIME,
                    "10m",
                    "Penalties of a source do not add up to more than that.");
    static final Key<Integer> BAN_AFTER =
            Key.of(
                    "ban.after",
                    Unit.COUNT,
                    "3",
                    "How many enforced penalties in a row are a ban, which outlives a restart.");
    static final Key<TimeSpan> BAN_FIRST =
            Key.of(
                    "ban.first",
                    Unit.TIME,
                    "10m",
                    "How long the first ban lasts. Each further one lasts twice as long as the one before.");
    static final Key<TimeSpan> BAN_LONGEST =
            Key.of("ban.longest", Unit.TIME, "24h", "The door places no ban that is longer.");
    static final Key<TimeSpan> BAN_FORGIVE_AFTER =
            Key.of(
                    "ban.forgive-after",
                    Unit.TIME,
                    "24h",
                    "So long after its last penalty or ban a source counts as new.");
    static final Key<TimeSpan> BAN_FRIEND_FOR =
            Key.of(
                    "ban.friend-for",
                    Unit.TIME,
                    "30d",
                    "So long after a login from it a source is not locked out by the door: two connections at a time may try, also while it is banned.");
    static final Key<StartupRules> BAN_STARTUPS =
            Key.of(
                    "ban.startups",
                    Unit.STARTUPS,
                    "10:30:100",
                    "How many connections may wait for their login, as OpenSSH's MaxStartups: from BEGIN on PERCENT of new ones are dropped, at FULL all. Sources with a login lately have room of their own, five times as large.");
    static final Key<Integer> BAN_PER_SOURCE =
            Key.of(
                    "ban.startups-per-source",
                    Unit.COUNT,
                    "10",
                    "How many of these may come from one source that had no login lately.");
    static final Key<Integer> BAN_SOURCES =
            Key.of(
                    "ban.sources",
                    Unit.COUNT,
                    "65536",
                    "How many sources of each family are remembered for their penalties, and how many bans the door itself holds, as OpenSSH's max-sources. Beyond that what has ended goes first, then what ends soonest: new sources cannot wash out the worst.");
    static final Key<TimeSpan> AUDIT_RETAIN =
            Key.optional(
                    "audit.retain",
                    Unit.TIME,
                    "How long audit events are kept, at least; they go a day at a time. Without it they are kept for ever.");
    static final Key<URI> AUDIT_SYSLOG =
            Key.optional(
                    "audit.syslog",
                    Unit.SYSLOG,
                    "Where else audit events and checkpoints are sent, as RFC 5424 has it. Only tls keeps them secret on their way, and tells receivers apart.");
    static final Key<Path> AUDIT_SYSLOG_CA =
            Key.optional(
                    "audit.syslog-ca",
                    Unit.FILE,
                    "Certificates in PEM form that vouch for that receiver, and no others do. Without it those that Java brings along.");
    static final Key<String> AUDIT_SYSLOG_NAME =
            Key.optional(
                    "audit.syslog-name",
                    Unit.HOST_NAME,
                    "The name that its certificate must have, where it is not the HOST of `audit.syslog`.");
    static final Key<SyslogFacility> AUDIT_SYSLOG_FACILITY =
            Key.of(
                    "audit.syslog-facility",
                    Unit.FACILITY,
                    "authpriv",
                    "The facility of these messages.");
    static final Key<Path> AUDIT_CHECKPOINT_FILE =
            Key.optional(
                    "audit.checkpoint-file",
                    Unit.FILE,
                    "A file, best of another machine, to which the door appends each checkpoint of the audit.");
    static final Key<String> AUDIT_CHECKPOINT_COMMAND =
            Key.list(
                    "audit.checkpoint-command",
                    Unit.ARGUMENT,
                    "A program and its arguments, run by the door for the newest checkpoint, which is its standard input. No shell; 10 seconds.");

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
    static final Key<Boolean> PRINCIPAL_SHELL =
            Key.optional(
                    "principals.NAME.shell",
                    Unit.ALLOW_OR_DENY,
                    "Whether it may have a shell, commands and file transfers inside its workspace. Without it what `keyhole principal set` decided holds.");

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
                    CONTAINER_IMAGE,
                    CONTAINER_ENGINE,
                    CONTAINER_NETWORK,
                    SESSIONS,
                    FORWARDS,
                    BYTES_PER_SECOND,
                    UNUSED_AFTER,
                    BAN_EXEMPT,
                    BAN_LOGIN_FAILED,
                    BAN_NOTHING_TRIED,
                    BAN_TIMEOUT,
                    BAN_REVOKED,
                    BAN_VIOLATION,
                    BAN_LEAST,
                    BAN_MOST,
                    BAN_AFTER,
                    BAN_FIRST,
                    BAN_LONGEST,
                    BAN_FORGIVE_AFTER,
                    BAN_FRIEND_FOR,
                    BAN_STARTUPS,
                    BAN_PER_SOURCE,
                    BAN_SOURCES,
                    AUDIT_RETAIN,
                    AUDIT_SYSLOG,
                    AUDIT_SYSLOG_CA,
                    AUDIT_SYSLOG_NAME,
                    AUDIT_SYSLOG_FACILITY,
                    AUDIT_CHECKPOINT_FILE,
                    AUDIT_CHECKPOINT_COMMAND,
                    METRICS_SERVICE,
                    PRINCIPAL_KEYS,
                    PRINCIPAL_KEY_FILES,
                    PRINCIPAL_SHELL);

    /** None so far. A key that leaves {@link #KEYS} comes here and stays. */
    static final List<RetiredKey> RETIRED = List.of();

    private ConfigTable() {}
}
