package dev.keyhole.gateway.config;

import dev.keyhole.gateway.config.Config.Audit;
import dev.keyhole.gateway.config.Config.Ban;
import dev.keyhole.gateway.config.Config.Limits;
import dev.keyhole.gateway.config.Config.PrincipalKeys;
import dev.keyhole.gateway.config.Config.Services;
import dev.keyhole.gateway.config.Config.WorkspaceLimits;
import dev.keyhole.gateway.model.PrincipalName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code keyhole.yaml}: everything that is wrong with it at once, each with its line, and no config unless nothing
 * is. Thread-safe; it opens no file.
 */
public final class ConfigReader {
    private static final KeyTree KEYS = KeyTree.of(ConfigTable.KEYS);

    private final List<RetiredKey> retired;

    public ConfigReader() {
        this(ConfigTable.RETIRED);
    }

    ConfigReader(List<RetiredKey> retired) {
        this.retired = List.copyOf(retired);
    }

    /**
     * @param yaml the text of the file
     * @param directory where the file lies; relative {@code key-files} start there
     */
    public ConfigReading read(String yaml, Path directory) {
        FoundValues found = new FoundValues();
        try {
            Optional<Node> root = new Compose(settings()).composeString(yaml);
            root.ifPresent(node -> new TreeWalk(found, retired).walk(node, KEYS));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            found.problem(line, "this is not YAML: " + firstLine(e.getProblem()));
            return new ConfigReading.Invalid(found.problems());
        } catch (YamlEngineException e) {
            found.problem(1, "this is not YAML: " + firstLine(String.valueOf(e.getMessage())));
            return new ConfigReading.Invalid(found.problems());
        }
        Config config = convert(found, directory.toAbsolutePath());
        return found.problems().isEmpty()
                ? new ConfigReading.Valid(config, found.notices())
                : new ConfigReading.Invalid(found.problems());
    }

    /** Aliases can make a small file huge or endless, and a config needs none. */
    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setLabel("keyhole.yaml")
                .setMaxAliasesForCollections(0)
                .setAllowRecursiveKeys(false)
                .build();
    }

    private static Config convert(FoundValues found, Path directory) {
        LauncherKind launcher = found.valueOf(ConfigTable.LAUNCHER);
        return new Config(
                found.valueOf(ConfigTable.LISTEN),
                found.valueOf(ConfigTable.HOME),
                launcher,
                services(found),
                new WorkspaceLimits(
                        found.optional(ConfigTable.MEMORY),
                        found.optional(ConfigTable.CPUS),
                        found.optional(ConfigTable.IDLE_AFTER),
                        found.valueOf(ConfigTable.PIDS),
                        found.valueOf(ConfigTable.GPUS),
                        found.valueOf(ConfigTable.NETWORK),
                        found.optional(ConfigTable.MOST_WORKSPACES),
                        found.valueOf(ConfigTable.KEEP_MOST)),
                containers(found, launcher == LauncherKind.CONTAINER),
                new Limits(
                        found.valueOf(ConfigTable.SESSIONS),
                        found.valueOf(ConfigTable.FORWARDS),
                        found.optional(ConfigTable.BYTES_PER_SECOND)),
                new Config.Sessions(found.valueOf(ConfigTable.UNUSED_AFTER)),
                ban(found),
                audit(found),
                new Config.Metrics(found.valueOf(ConfigTable.METRICS_SERVICE)),
                rsaMin(found),
                principals(found, directory));
    }

    private static Config.Containers containers(FoundValues found, boolean used) {
        Optional<String> image = found.optional(ConfigTable.CONTAINER_IMAGE);
        if (used && image.isEmpty()) {
            found.problem(
                    found.lineOf(ConfigTable.LAUNCHER),
                    "`launcher: container` needs `container.image`; `keyhole image build` makes one");
        }
        for (Key<?> key :
                List.of(
                        ConfigTable.CONTAINER_IMAGE,
                        ConfigTable.CONTAINER_ENGINE,
                        ConfigTable.CONTAINER_NETWORK)) {
            if (!used && found.isThere(key)) {
                found.notice(
                        found.lineOf(key),
                        "`" + key.path() + "` has no effect without `launcher: container`");
            }
        }
        return new Config.Containers(
                image,
                found.optional(ConfigTable.CONTAINER_ENGINE),
                found.valueOf(ConfigTable.CONTAINER_NETWORK));
    }

    private static Services services(FoundValues found) {
        int jupyter = found.valueOf(ConfigTable.JUPYTER_PORT);
        int tensorboard = found.valueOf(ConfigTable.TENSORBOARD_PORT);
        if (jupyter == tensorboard) {
            int line =
                    Math.max(
                            found.lineOf(ConfigTable.JUPYTER_PORT),
                            found.lineOf(ConfigTable.TENSORBOARD_PORT));
            found.problem(
                    line,
                    "jupyter and tensorboard have the same port "
                            + jupyter
                            + "; give each its own");
        }
        return new Services(
                jupyter,
                tensorboard,
                found.optional(ConfigTable.TENSORBOARD_LOGDIR),
                found.valueOf(ConfigTable.OWN_LOOPBACK));
    }

    private static Ban ban(FoundValues found) {
        return new Ban(
                found.list(ConfigTable.BAN_EXEMPT).stream().map(Located::value).toList(),
                new Config.Amounts(
                        found.valueOf(ConfigTable.BAN_LOGIN_FAILED),
                        found.valueOf(ConfigTable.BAN_NOTHING_TRIED),
                        found.valueOf(ConfigTable.BAN_TIMEOUT),
                        found.valueOf(ConfigTable.BAN_REVOKED),
                        found.valueOf(ConfigTable.BAN_VIOLATION),
                        found.valueOf(ConfigTable.BAN_LEAST),
                        found.valueOf(ConfigTable.BAN_MOST)),
                found.valueOf(ConfigTable.BAN_AFTER),
                found.valueOf(ConfigTable.BAN_FIRST),
                found.valueOf(ConfigTable.BAN_LONGEST),
                found.valueOf(ConfigTable.BAN_FORGIVE_AFTER),
                found.valueOf(ConfigTable.BAN_FRIEND_FOR),
                found.valueOf(ConfigTable.BAN_STARTUPS),
                found.valueOf(ConfigTable.BAN_PER_SOURCE),
                found.valueOf(ConfigTable.BAN_SOURCES));
    }

    private static Audit audit(FoundValues found) {
        Optional<URI> receiver = found.optional(ConfigTable.AUDIT_SYSLOG);
        requireTls(found, ConfigTable.AUDIT_SYSLOG_CA, receiver);
        requireTls(found, ConfigTable.AUDIT_SYSLOG_NAME, receiver);
        List<Located<String>> command = found.list(ConfigTable.AUDIT_CHECKPOINT_COMMAND);
        if (command.isEmpty() && found.isThere(ConfigTable.AUDIT_CHECKPOINT_COMMAND)) {
            found.problem(
                    found.lineOf(ConfigTable.AUDIT_CHECKPOINT_COMMAND),
                    "`audit.checkpoint-command` is empty; name a program, or remove it");
        }
        command.stream()
                .findFirst()
                .filter(program -> !program.value().startsWith("/"))
                .ifPresent(program ->
                        found.problem(
                                program.line(),
                                "`audit.checkpoint-command`: '"
                                        + program.value()
                                        + "' is no absolute path; start it with /"));
        SyslogFacility facility = found.valueOf(ConfigTable.AUDIT_SYSLOG_FACILITY);
        return new Audit(
                found.optional(ConfigTable.AUDIT_RETAIN),
                receiver.map(uri ->
                        new Config.Syslog(
                                uri,
                                located(found, ConfigTable.AUDIT_SYSLOG_CA),
                                found.optional(ConfigTable.AUDIT_SYSLOG_NAME),
                                facility)),
                new Config.CheckpointPush(
                        located(found, ConfigTable.AUDIT_CHECKPOINT_FILE), command));
    }

    private static <T> Optional<Located<T>> located(FoundValues found, Key<T> key) {
        return found.list(key).stream().findFirst();
    }

    /** A rule about certificates that nothing obeys would be worse than none. */
    private static void requireTls(FoundValues found, Key<?> key, Optional<URI> receiver) {
        boolean tls = receiver.filter(uri -> "tls".equals(uri.getScheme())).isPresent();
        if (found.isThere(key) && !tls) {
            found.problem(
                    found.lineOf(key),
                    "`" + key.path() + "` needs `audit.syslog: tls://HOST:PORT`");
        }
    }

    private static int rsaMin(FoundValues found) {
        int bits = found.valueOf(ConfigTable.RSA_MIN);
        if (bits < 3072) {
            found.notice(
                    found.lineOf(ConfigTable.RSA_MIN),
                    "`rsa-min: "
                            + bits
                            + "` accepts RSA keys that are weaker than they should be; prefer ed25519 keys");
        }
        return bits;
    }

    private static SortedMap<PrincipalName, PrincipalKeys> principals(
            FoundValues found, Path directory) {
        SortedMap<PrincipalName, PrincipalKeys> principals = new TreeMap<>();
        for (Map.Entry<String, Integer> name : found.names("principals").entrySet()) {
            List<Located<String>> lines = found.list(ConfigTable.PRINCIPAL_KEYS.of(name.getKey()));
            List<Located<Path>> files =
                    found.list(ConfigTable.PRINCIPAL_KEY_FILES.of(name.getKey())).stream()
                            .map(file ->
                                    new Located<>(
                                            directory.resolve(file.value()).normalize(),
                                            file.line()))
                            .toList();
            if (lines.isEmpty() && files.isEmpty()) {
                found.problem(
                        name.getValue(),
                        "`principals."
                                + name.getKey()
                                + "` has no key, so nobody could be it; add `keys:` or `key-files:`");
            }
            principals.put(
                    new PrincipalName(name.getKey()),
                    new PrincipalKeys(
                            lines,
                            files,
                            found.optional(ConfigTable.PRINCIPAL_SHELL.of(name.getKey()))));
        }
        if (principals.isEmpty()) {
            found.notice(
                    1,
                    "there are no `principals` here, so only who is in the store can log in; see `keyhole principal add`");
        }
        return principals;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("unreadable");
    }
}
