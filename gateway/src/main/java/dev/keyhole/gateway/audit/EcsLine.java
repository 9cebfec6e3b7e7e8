package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.audit.AuditEvent.Actor;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an event as one JSON object with the field names of the Elastic Common Schema, flat and dotted.
 *
 * <p>Texts that a stranger chose are cut to 256 characters; {@link Json} escapes what could break a line or a terminal.
 */
final class EcsLine {
    private static final int LONGEST_TEXT = 256;
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** These stand first: {@link ChainedLine} reads nothing else. */
    private EcsLine(Instant at, long sequence, String previous) {
        fields.put("@timestamp", MILLISECONDS.format(at));
        fields.put("event.sequence", sequence);
        fields.put("keyhole.previous", previous);
    }

    /**
     * @param previous hex of the SHA-256 of the line before
     * @param names for what it says about people
     */
    static String of(
            Instant at, long sequence, String previous, AuditEvent event, Pseudonyms names) {
        return Json.write(names.hide(new EcsLine(at, sequence, previous).describe(event).fields));
    }

    private EcsLine describe(AuditEvent event) {
        return switch (event) {
            case AuditEvent.DoorStarted e ->
                    action("door-started", "process", "success")
                            .put("service.version", e.version())
                            .put("server.address", e.listen())
                            .put("keyhole.host_key.fingerprint", e.hostKey().value());
            case AuditEvent.DoorStopped e ->
                    action("door-stopped", "process", "success").put("event.reason", e.reason());
            case AuditEvent.TornLineCut e ->
                    action("audit-recovered", "process", "success")
                            .put("keyhole.cut_bytes", e.bytes());
            case AuditEvent.AuditAlarm e ->
                    action("audit-alarm", "process", "failure")
                            .put("keyhole.since", e.since().toString())
                            .put("event.reason", e.reason())
                            .put("keyhole.kept", e.kept())
                            .put("keyhole.refused", e.refused())
                            .put("keyhole.lost", e.lost());
            case AuditEvent.UnchainedSetAside e ->
                    action("audit-unchained", "process", "success")
                            .put("file.name", e.file())
                            .put("file.hash.sha256", e.sha256());
            case AuditEvent.AuditPurged e ->
                    action("audit-purged", "process", "unknown")
                            .put("keyhole.first", e.first())
                            .put("keyhole.last", e.last())
                            .put("keyhole.files", e.files());
            case AuditEvent.SyslogUnreachable e ->
                    action("syslog-unreachable", "network", "failure")
                            .put("destination.address", e.receiver())
                            .refused(Code.SYSLOG_UNREACHABLE, e.reason());
            case AuditEvent.SyslogAgain e ->
                    action("syslog-again", "network", "success")
                            .put("destination.address", e.receiver())
                            .put("keyhole.since", e.since().toString());
            case AuditEvent.CheckpointNotPushed e ->
                    action("checkpoint-not-pushed", "process", "failure")
                            .put("file.path", e.to())
                            .refused(Code.CHECKPOINT_NOT_PUSHED, e.reason());
            case AuditEvent.CheckpointPushedAgain e ->
                    action("checkpoint-pushed-again", "process", "success")
                            .put("file.path", e.to())
                            .put("keyhole.since", e.since().toString());
            case AuditEvent.Login e ->
                    action("login", "authentication", "success")
                            .actor(e.actor())
                            .put("keyhole.login", e.login())
                            .put("user_agent.original", e.clientVersion());
            case AuditEvent.LoginRefused e ->
                    action("login-refused", "authentication", "failure")
                            .from(e.session(), e.source())
                            .put("keyhole.login", e.login())
                            .refused(e.code(), e.detail())
                            .put("user_agent.original", e.clientVersion())
                            .proven(e.proven());
            case AuditEvent.SessionEnded e ->
                    action("session-ended", "session", "success")
                            .actor(e.actor())
                            .put("event.reason", e.reason())
                            .lasted(e.lasted());
            case AuditEvent.SessionGoesOn e ->
                    action("session-goes-on", "session", "success")
                            .actor(e.actor())
                            .put("keyhole.since", e.since().toString());
            case AuditEvent.ForwardOpened e ->
                    action("forward-opened", "network", "success")
                            .actor(e.actor())
                            .put("service.name", e.target())
                            .destination(e.host(), e.port());
            case AuditEvent.ForwardRefused e ->
                    action("forward-refused", "network", "failure")
                            .actor(e.actor())
                            .destination(e.host(), e.port())
                            .refused(e.code(), e.detail());
            case AuditEvent.ForwardClosed e ->
                    action("forward-closed", "network", "success")
                            .actor(e.actor())
                            .put("service.name", e.target())
                            .put("source.bytes", e.bytesIn())
                            .put("destination.bytes", e.bytesOut())
                            .lasted(e.lasted())
                            .put("event.reason", e.reason());
            case AuditEvent.RequestRefused e ->
                    action("request-refused", "session", "failure")
                            .actor(e.actor())
                            .put("keyhole.request", e.request())
                            .refused(e.code(), e.detail());
            case AuditEvent.RefusalsSummed e ->
                    action("refusals-summed", "intrusion_detection", "failure")
                            .source(e.source())
                            .put("keyhole.refused", e.refused())
                            .put("event.reason", e.code().name())
                            .put("keyhole.count", e.count())
                            .lasted(e.over());
            case AuditEvent.VerbRun e ->
                    action("verb-run", "session", "success")
                            .actor(e.actor())
                            .put("keyhole.verb", e.verb());
            case AuditEvent.CommandStarted e ->
                    action("command-started", "process", "unknown")
                            .actor(e.actor())
                            .put("keyhole.command.kind", e.kind())
                            .put("process.command_line", e.command())
                            .put("keyhole.command.terminal", e.terminal());
            case AuditEvent.CommandEnded e ->
                    action("command-ended", "process", "success")
                            .actor(e.actor())
                            .put("keyhole.command.kind", e.kind())
                            .put("source.bytes", e.bytesIn())
                            .put("destination.bytes", e.bytesOut())
                            .lasted(e.lasted())
                            .put("event.reason", e.outcome());
            case AuditEvent.WorkspaceStarting e ->
                    action("workspace-starting", "process", "unknown")
                            .workspace(e.owner(), e.service());
            case AuditEvent.WorkspaceReady e ->
                    action(
                                    e.adopted() ? "workspace-adopted" : "workspace-started",
                                    "process",
                                    "success")
                            .workspace(e.owner(), e.service())
                            .process(e.pid())
                            .lasted(e.took());
            case AuditEvent.WorkspaceStopped e ->
                    action("workspace-stopped", "process", "success")
                            .workspace(e.owner(), e.service())
                            .put("event.reason", e.reason());
            case AuditEvent.WorkspaceStopAnnounced e ->
                    action("workspace-stop-announced", "process", "unknown")
                            .put("user.name", e.owner().value())
                            .put("keyhole.until", e.at().toString());
            case AuditEvent.WorkspaceOutOfMemory e ->
                    action("workspace-out-of-memory", "process", "failure")
                            .put("user.name", e.owner().value())
                            .put("event.reason", "oom")
                            .put("keyhole.processes_killed", e.kills());
            case AuditEvent.WorkspaceKept e ->
                    action("workspace-kept", "process", "success")
                            .actor(e.actor())
                            .put("keyhole.until", e.until().toString());
            case AuditEvent.WorkspaceKeepEnded e ->
                    action("workspace-keep-ended", "process", "success").actor(e.actor());
            case AuditEvent.WorkspaceFailed e ->
                    action("workspace-failed", "process", "failure")
                            .workspace(e.owner(), e.service())
                            .refused(Code.WORKSPACE_FAILED, e.reason());
            case AuditEvent.SourcePenalised e ->
                    action("source-penalised", "intrusion_detection", "success")
                            .network(e.source(), e.incident())
                            .put("keyhole.until", e.until().toString())
                            .refused(Code.SOURCE_PENALISED, e.counts());
            case AuditEvent.BanPlaced e ->
                    action("ban-placed", "intrusion_detection", "success")
                            .network(e.network(), e.incident())
                            .put("keyhole.ban.by", e.placer())
                            .put("keyhole.until", e.until())
                            .refused(Code.SOURCE_PENALISED, e.reason());
            case AuditEvent.BanLifted e ->
                    action("ban-lifted", "intrusion_detection", "success")
                            .network(e.network(), e.incident())
                            .put("keyhole.ban.by", e.by())
                            .proven(e.member());
            case AuditEvent.BanExpired e ->
                    action("ban-expired", "intrusion_detection", "success")
                            .network(e.network(), e.incident());
            case AuditEvent.OperatorActed e ->
                    action("operator-acted", "configuration", "unknown").operator(e.act());
            case AuditEvent.OperatorRefused e ->
                    action("operator-refused", "configuration", "failure")
                            .operator(e.act())
                            .refused(e.code(), e.detail());
            case AuditEvent.AuditRead e ->
                    action("audit-read", "configuration", "unknown").operator(e.act());
            case AuditEvent.ControlRefused e ->
                    action("control-refused", "configuration", "failure")
                            .put("keyhole.operator.login", e.login())
                            .put("event.reason", Code.OPERATOR_ONLY.name());
        };
    }

    private EcsLine action(String action, String category, String outcome) {
        return put("event.action", action)
                .put("event.category", category)
                .put("event.outcome", outcome);
    }

    private EcsLine actor(Actor actor) {
        return from(actor.session(), actor.source())
                .put("user.name", actor.principal().value())
                .put("keyhole.key.fingerprint", actor.key().value());
    }

    private EcsLine from(SessionId session, Source source) {
        return put("network.protocol", "ssh")
                .put("keyhole.session", session.value())
                .put("source.ip", source.address().getHostAddress())
                .put("source.port", source.port());
    }

    /** An address is searched for as such; a network, or the many whom nobody counted, only has a name. */
    private EcsLine source(String text) {
        put("source.address", text);
        return AddressBlock.literal(text).isPresent() ? put("source.ip", text) : this;
    }

    private EcsLine proven(Optional<PrincipalName> principal) {
        return principal.map(known -> put("user.name", known.value())).orElse(this);
    }

    private EcsLine operator(AuditEvent.OperatorAct act) {
        return put("keyhole.operator.uid", act.uid())
                .put("keyhole.operator.login", act.login())
                .put("keyhole.verb", act.verb())
                .put("keyhole.subject", act.subject())
                .proven(act.principal());
    }

    private EcsLine workspace(PrincipalName owner, ServiceName service) {
        return put("user.name", owner.value()).put("service.name", service.value());
    }

    private EcsLine network(AddressBlock network, String incident) {
        return put("keyhole.network", network.toString()).put("keyhole.incident", incident);
    }

    private EcsLine destination(String host, long port) {
        return put("destination.address", host).put("destination.port", port);
    }

    private EcsLine refused(Code code, String detail) {
        return put("event.reason", code.name()).put("message", detail);
    }

    private EcsLine lasted(Duration duration) {
        return put("event.duration", duration.toNanos());
    }

    /** What runs at somebody else's host has none here. */
    private EcsLine process(long pid) {
        return pid > 0 ? put("process.pid", pid) : this;
    }

    private EcsLine put(String field, Object value) {
        fields.put(field, value instanceof String text ? cut(text) : value);
        return this;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
