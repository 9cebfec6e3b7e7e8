package dev.keyhole.gateway.config;

import dev.keyhole.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a config so that the reader gives the same one back: how {@code up} tells the door what its flags mean. */
public final class ConfigWriter {
    private ConfigWriter() {}

    public static String write(Config config) {
        Map<String, String> values = new TreeMap<>();
        put(values, ConfigTable.LISTEN, config.listen());
        put(values, ConfigTable.HOME, config.home());
        put(values, ConfigTable.LAUNCHER, config.launcher());
        config.containers()
                .image()
                .ifPresent(image -> put(values, ConfigTable.CONTAINER_IMAGE, image));
        config.containers()
                .engine()
                .ifPresent(socket -> put(values, ConfigTable.CONTAINER_ENGINE, socket));
        put(values, ConfigTable.CONTAINER_NETWORK, config.containers().network());
        put(values, ConfigTable.RSA_MIN, config.rsaMin());
        put(values, ConfigTable.JUPYTER_PORT, config.services().jupyterPort());
        put(values, ConfigTable.TENSORBOARD_PORT, config.services().tensorboardPort());
        config.services()
                .tensorboardLogdir()
                .ifPresent(value -> put(values, ConfigTable.TENSORBOARD_LOGDIR, value));
        put(values, ConfigTable.OWN_LOOPBACK, config.services().ownLoopback() ? "allow" : "deny");
        config.workspace().memory().ifPresent(value -> put(values, ConfigTable.MEMORY, value));
        config.workspace()
                .cpus()
                .ifPresent(value -> put(values, ConfigTable.CPUS, value.toPlainString()));
        config.workspace()
                .idleAfter()
                .ifPresent(value -> put(values, ConfigTable.IDLE_AFTER, value));
        put(values, ConfigTable.PIDS, config.workspace().pids());
        put(values, ConfigTable.GPUS, config.workspace().gpus());
        put(values, ConfigTable.NETWORK, config.workspace().network());
        config.workspace()
                .most()
                .ifPresent(value -> put(values, ConfigTable.MOST_WORKSPACES, value));
        put(values, ConfigTable.KEEP_MOST, config.workspace().keepMost());
        put(values, ConfigTable.SESSIONS, config.limits().sessions());
        put(values, ConfigTable.FORWARDS, config.limits().forwards());
        config.limits()
                .bytesPerSecond()
                .ifPresent(value -> put(values, ConfigTable.BYTES_PER_SECOND, value));
        put(values, ConfigTable.UNUSED_AFTER, config.sessions().unusedAfter());
        ban(values, config.ban());
        config.audit().retain().ifPresent(value -> put(values, ConfigTable.AUDIT_RETAIN, value));
        config.audit().syslog().ifPresent(syslog -> syslog(values, syslog));
        config.audit()
                .checkpoints()
                .file()
                .ifPresent(file -> put(values, ConfigTable.AUDIT_CHECKPOINT_FILE, file.value()));
        putList(
                values,
                ConfigTable.AUDIT_CHECKPOINT_COMMAND,
                located(config.audit().checkpoints().command()));
        put(values, ConfigTable.METRICS_SERVICE, config.metrics().service() ? "on" : "off");
        config.principals()
                .forEach((name, keys) -> {
                    putList(
                            values,
                            ConfigTable.PRINCIPAL_KEYS.of(name.value()),
                            located(keys.lines()));
                    putList(
                            values,
                            ConfigTable.PRINCIPAL_KEY_FILES.of(name.value()),
                            located(keys.files()));
                    keys.shell()
                            .ifPresent(may ->
                                    put(
                                            values,
                                            ConfigTable.PRINCIPAL_SHELL.of(name.value()),
                                            may ? "allow" : "deny"));
                });
        return lines(values);
    }

    private static void ban(Map<String, String> values, Config.Ban ban) {
        putList(values, ConfigTable.BAN_EXEMPT, ban.exempt());
        put(values, ConfigTable.BAN_LOGIN_FAILED, ban.amounts().loginFailed());
        put(values, ConfigTable.BAN_NOTHING_TRIED, ban.amounts().nothingTried());
        put(values, ConfigTable.BAN_TIMEOUT, ban.amounts().timeout());
        put(values, ConfigTable.BAN_REVOKED, ban.amounts().revoked());
        put(values, ConfigTable.BAN_VIOLATION, ban.amounts().violation());
        put(values, ConfigTable.BAN_LEAST, ban.amounts().least());
        put(values, ConfigTable.BAN_MOST, ban.amounts().most());
        put(values, ConfigTable.BAN_AFTER, ban.after());
        put(values, ConfigTable.BAN_FIRST, ban.first());
        put(values, ConfigTable.BAN_LONGEST, ban.longest());
        put(values, ConfigTable.BAN_FORGIVE_AFTER, ban.forgiveAfter());
        put(values, ConfigTable.BAN_FRIEND_FOR, ban.friendFor());
        put(values, ConfigTable.BAN_STARTUPS, ban.startups());
        put(values, ConfigTable.BAN_PER_SOURCE, ban.perSource());
        put(values, ConfigTable.BAN_SOURCES, ban.sources());
    }

    private static void syslog(Map<String, String> values, Config.Syslog syslog) {
        put(values, ConfigTable.AUDIT_SYSLOG, syslog.receiver());
        syslog.ca().ifPresent(file -> put(values, ConfigTable.AUDIT_SYSLOG_CA, file.value()));
        syslog.name().ifPresent(name -> put(values, ConfigTable.AUDIT_SYSLOG_NAME, name));
        put(values, ConfigTable.AUDIT_SYSLOG_FACILITY, syslog.facility());
    }

    private static <T> List<T> located(List<Located<T>> values) {
        return values.stream().map(Located::value).toList();
    }

    private static void put(Map<String, String> values, Key<?> key, Object value) {
        values.put(key.path(), quoted(value));
    }

    private static void putList(Map<String, String> values, Key<?> key, List<?> list) {
        if (!list.isEmpty()) {
            values.put(
                    key.path(),
                    list.stream()
                            .map(ConfigWriter::quoted)
                            .collect(Collectors.joining(", ", "[", "]")));
        }
    }

    /** A JSON string is a YAML string. */
    private static String quoted(Object value) {
        return Json.write(value instanceof Path path ? path.toString() : String.valueOf(value));
    }

    /** Sorted paths become nested blocks: each name is written where it first differs from the line before. */
    private static String lines(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        List<String> before = List.of();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            List<String> names = List.of(entry.getKey().split("\\."));
            int depth = 0;
            while (depth < before.size() - 1 && before.get(depth).equals(names.get(depth))) {
                depth++;
            }
            for (; depth < names.size(); depth++) {
                out.append("  ".repeat(depth)).append(names.get(depth)).append(':');
                out.append(depth == names.size() - 1 ? " " + entry.getValue() + "\n" : "\n");
            }
            before = names;
        }
        return out.toString();
    }
}
