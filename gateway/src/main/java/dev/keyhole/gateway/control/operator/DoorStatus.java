package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.GuardNumbers;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.numbers.Check;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.control.numbers.DoorUse;
import dev.keyhole.gateway.control.numbers.ForwardKind;
import dev.keyhole.gateway.control.numbers.Happenings;
import dev.keyhole.gateway.control.numbers.WorkspaceUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code keyhole status}: what the door does now, in numbers; the same that the metrics give. Not audited. */
public final class DoorStatus implements OperatorVerb {
    private final Supplier<DoorNumbers> numbers;

    public DoorStatus(Supplier<DoorNumbers> numbers) {
        this.numbers = numbers;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("the door", talk -> show());
    }

    private Answer show() {
        DoorNumbers now = numbers.get();
        return Answer.done(text(now), document(now));
    }

    private static String text(DoorNumbers now) {
        StringBuilder text = new StringBuilder();
        DoorUse door = now.door();
        Happenings past = now.happenings();
        line(text, "version", now.version());
        line(text, "sessions", door.sessions() + ", and " + door.withoutLogin() + " without login");
        line(text, "forwards", door.allForwards() + kinds(door.forwards()));
        line(text, "commands", door.commands());
        line(text, "bytes", size(door.bytesIn()) + " in, " + size(door.bytesOut()) + " out");
        line(text, "logins", past.logins() + " accepted, " + past.loginsRefused() + " refused");
        GuardNumbers.Tables guard = now.guard().tables();
        line(
                text,
                "bans",
                guard.bansOfDoor()
                        + " of the door, "
                        + guard.bansOfOperators()
                        + " of operators; "
                        + guard.enforced()
                        + " sources penalised");
        WorkspaceUse workspaces = now.workspaces();
        line(text, "workspaces", workspaces.running() + " of " + workspaces.known() + " run");
        line(text, "services", states(workspaces.services()));
        line(
                text,
                "audit",
                now.audit().written() + " events on disk, " + now.audit().waiting() + " waiting");
        now.syslog()
                .ifPresent(use ->
                        line(
                                text,
                                "syslog",
                                use.sent() + " events sent, " + use.behind() + " not there yet"));
        List<Check> notable =
                now.condition().checks().stream()
                        .filter(check -> check.verdict() != Check.Verdict.WELL)
                        .toList();
        line(text, "health", now.condition().well() ? "ok" : "not ok");
        notable.forEach(check ->
                line(
                        text,
                        "  " + check.verdict().word(),
                        check.name()
                                + ": "
                                + check.text()
                                + check.code().map(c -> " (" + c + ")").orElse("")));
        return text.toString();
    }

    private static void line(StringBuilder text, String label, Object what) {
        text.append(String.format("%-11s %s", label, what).stripTrailing()).append('\n');
    }

    private static String kinds(Map<ForwardKind, Integer> forwards) {
        String some =
                forwards.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getValue() + " " + entry.getKey().word())
                        .collect(Collectors.joining(", "));
        return some.isEmpty() ? "" : " (" + some + ")";
    }

    private static String states(Map<String, Integer> services) {
        String some =
                WorkspaceUse.STATES.stream()
                        .filter(state -> services.getOrDefault(state, 0) > 0)
                        .map(state -> services.get(state) + " " + state)
                        .collect(Collectors.joining(", "));
        return some.isEmpty() ? "none" : some;
    }

    private static String size(long bytes) {
        return bytes < 10L << 20
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static Map<String, Object> document(DoorNumbers now) {
        Map<String, Object> document = new LinkedHashMap<>();
        DoorUse door = now.door();
        document.put("version", now.version());
        document.put("sessions", door.sessions());
        document.put("withoutLogin", door.withoutLogin());
        Map<String, Object> forwards = new LinkedHashMap<>();
        for (ForwardKind kind : ForwardKind.values()) {
            forwards.put(kind.word(), door.forwards().getOrDefault(kind, 0));
        }
        document.put("forwards", forwards);
        document.put("commands", door.commands());
        document.put("bytesIn", door.bytesIn());
        document.put("bytesOut", door.bytesOut());
        document.put("draining", door.draining());
        Happenings past = now.happenings();
        document.put("logins", Map.of("accepted", past.logins(), "refused", past.loginsRefused()));
        document.put(
                "refusals",
                past.refusals().entrySet().stream()
                        .map(entry ->
                                Map.of(
                                        "step",
                                        entry.getKey().step().word(),
                                        "code",
                                        entry.getKey().code().name(),
                                        "count",
                                        entry.getValue()))
                        .toList());
        GuardNumbers.Tables guard = now.guard().tables();
        document.put(
                "bans", Map.of("door", guard.bansOfDoor(), "operators", guard.bansOfOperators()));
        document.put("penalised", guard.enforced());
        WorkspaceUse workspaces = now.workspaces();
        document.put(
                "workspaces",
                Map.of(
                        "running",
                        workspaces.running(),
                        "known",
                        workspaces.known(),
                        "services",
                        workspaces.services()));
        document.put(
                "audit",
                Map.of(
                        "events",
                        now.audit().written(),
                        "lost",
                        now.audit().lost(),
                        "waiting",
                        now.audit().waiting(),
                        "segmentBytes",
                        now.audit().segmentBytes()));
        now.syslog().ifPresent(use -> document.put("syslog", use));
        document.put("healthy", now.condition().well());
        document.put("checks", now.condition().checks().stream().map(Health::document).toList());
        return document;
    }
}
