package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Everything that is audited. Starts and ends come in pairs: a login and a session end, a forward's open and close. */
public sealed interface AuditEvent {
    /** Who is behind a session, repeated in each of its events so that each line answers for itself. */
    record Actor(SessionId session, Source source, PrincipalName principal, Fingerprint key) {}

    /**
     * What an operator asks over the control socket.
     *
     * @param uid of the OS user at the other end, by SO_PEERCRED
     * @param login the name of that user
     * @param subject what it is about
     * @param principal whom it is about, so that it stands in that principal's own history
     */
    record OperatorAct(
            long uid,
            String login,
            String verb,
            String subject,
            Optional<PrincipalName> principal) {}

    /** The door listens. */
    record DoorStarted(String version, String listen, Fingerprint hostKey) implements AuditEvent {}

    /** The door ended in order. */
    record DoorStopped(String reason) implements AuditEvent {}

    /** The audit file ended in half a line, which a crash or a full disk leaves; the half line was cut off. */
    record TornLineCut(long bytes) implements AuditEvent {}

    /**
     * The audit of a release that did not tie its lines together was put aside; the chain begins after it.
     *
     * @param sha256 of that file, in hex
     */
    record UnchainedSetAside(String file, String sha256) implements AuditEvent {}

    /**
     * For a while events could not be written as usual; those that were kept stand before this one, in their order.
     *
     * @param reason what the disk said first
     * @param kept that had to wait in the reserve or in memory
     * @param refused what was therefore not allowed: logins, and more once the reserve was full
     * @param lost events that there was room for nowhere
     */
    record AuditAlarm(Instant since, String reason, long kept, long refused, long lost)
            implements AuditEvent {}

    /**
     * The oldest events are about to be thrown away, because their time is over.
     *
     * @param files how many segments they fill
     */
    record AuditPurged(long first, long last, long files) implements AuditEvent {}

    /** The receiver of syslog messages does not take them; said once, whatever is tried until it does. */
    record SyslogUnreachable(String receiver, String reason) implements AuditEvent {}

    /** It takes them again. @param since when it did not */
    record SyslogAgain(String receiver, Instant since) implements AuditEvent {}

    /**
     * Checkpoints do not get where they are pushed; said once, whatever is tried until they do.
     *
     * @param to a file, or the program of a command
     */
    record CheckpointNotPushed(String to, String reason) implements AuditEvent {}

    /** They get there again. @param since when they did not */
    record CheckpointPushedAgain(String to, Instant since) implements AuditEvent {}

    /** A principal was let in. */
    record Login(Actor actor, String login, String clientVersion) implements AuditEvent {}

    /**
     * A connection ended without a login although it had tried keys, or it broke the protocol.
     *
     * @param proven whose signature was verified before the refusal; only then the event is one of that principal's
     */
    record LoginRefused(
            SessionId session,
            Source source,
            String login,
            Code code,
            String detail,
            String clientVersion,
            Optional<PrincipalName> proven)
            implements AuditEvent {}

    /** A session is over. */
    record SessionEnded(Actor actor, Duration lasted, String reason) implements AuditEvent {}

    /**
     * A session that is open while a new segment of the audit begins, so that each segment says by itself who is in.
     *
     * @param since its login
     */
    record SessionGoesOn(Actor actor, Instant since) implements AuditEvent {}

    /** A forward may now reach its target. */
    record ForwardOpened(Actor actor, String target, String host, long port)
            implements AuditEvent {}

    /** A forward was refused, by policy or because its target cannot be reached. */
    record ForwardRefused(Actor actor, String host, long port, Code code, String detail)
            implements AuditEvent {}

    /**
     * A forward is over.
     *
     * @param bytesIn from the client to the service
     * @param bytesOut from the service to the client
     */
    record ForwardClosed(
            Actor actor, String target, long bytesIn, long bytesOut, Duration lasted, String reason)
            implements AuditEvent {}

    /** Anything else that a session asked for and did not get: agent, X11, remote forward, a command. */
    record RequestRefused(Actor actor, String request, Code code, String detail)
            implements AuditEvent {}

    /**
     * More was refused than is written down one by one.
     *
     * @param source an address, an IPv6 network of 64 bits, or {@code many}
     * @param refused login, forward or request
     * @param count how many besides those that have events of their own
     */
    record RefusalsSummed(String source, String refused, Code code, long count, Duration over)
            implements AuditEvent {}

    /** A member verb was run, or the status page shown. */
    record VerbRun(Actor actor, String verb) implements AuditEvent {}

    /**
     * A command is about to be started in a workspace.
     *
     * @param kind shell, exec or sftp
     * @param command the line of an exec, else empty
     */
    record CommandStarted(Actor actor, String kind, String command, boolean terminal)
            implements AuditEvent {}

    /**
     * A command is over, or could not be started.
     *
     * @param bytesIn from the client to the command
     * @param bytesOut from the command to the client
     * @param outcome its exit status, its signal, or why it did not start
     */
    record CommandEnded(
            Actor actor, String kind, long bytesIn, long bytesOut, Duration lasted, String outcome)
            implements AuditEvent {}

    /** A service of a workspace is about to be started. */
    record WorkspaceStarting(PrincipalName owner, ServiceName service) implements AuditEvent {}

    /** A service of a workspace answers; {@code adopted} when a former door had started it. */
    record WorkspaceReady(
            PrincipalName owner, ServiceName service, long pid, boolean adopted, Duration took)
            implements AuditEvent {}

    /** A service of a workspace was stopped, or ended by itself. */
    record WorkspaceStopped(PrincipalName owner, ServiceName service, String reason)
            implements AuditEvent {}

    /**
     * A workspace that nobody uses is about to be stopped, and who shows its page was told.
     *
     * @param at when, unless somebody uses it
     */
    record WorkspaceStopAnnounced(PrincipalName owner, Instant at) implements AuditEvent {}

    /**
     * Its owner holds a workspace although nobody uses it.
     *
     * @param until the end of that, unless it is given up before
     */
    record WorkspaceKept(Actor actor, Instant until) implements AuditEvent {}

    /** Its owner holds a workspace no longer. */
    record WorkspaceKeepEnded(Actor actor) implements AuditEvent {}

    /** Processes of a workspace were killed by the kernel, because it had used up its memory. */
    record WorkspaceOutOfMemory(PrincipalName owner, long kills) implements AuditEvent {}

    /** A service of a workspace was given up. */
    record WorkspaceFailed(PrincipalName owner, ServiceName service, String reason)
            implements AuditEvent {}

    /**
     * A source has failed so often that its new connections are refused for a while.
     *
     * @param incident names it, also to who is refused
     * @param counts the offences that led to it
     */
    record SourcePenalised(AddressBlock source, String incident, Instant until, String counts)
            implements AuditEvent {}

    /**
     * New connections of a network are refused from now on.
     *
     * @param placer {@code door}, or the operator's name
     * @param until a time as ISO 8601 writes it, or {@code lifted} when it has no other end
     */
    record BanPlaced(
            AddressBlock network, String incident, String placer, String until, String reason)
            implements AuditEvent {}

    /**
     * A ban or a penalty was lifted before its end.
     *
     * @param by the operator's or the member's name
     * @param member who did it from a session of its own; empty for an operator
     */
    record BanLifted(
            AddressBlock network, String incident, String by, Optional<PrincipalName> member)
            implements AuditEvent {}

    /** A ban has come to its end. */
    record BanExpired(AddressBlock network, String incident) implements AuditEvent {}

    /** An operator is about to do something; on disk before it is done. */
    record OperatorActed(OperatorAct act) implements AuditEvent {}

    /** What an operator was about to do did not come about, or not all of it. */
    record OperatorRefused(OperatorAct act, Code code, String detail) implements AuditEvent {}

    /** An operator is about to read the audit; the subject says what of it. */
    record AuditRead(OperatorAct act) implements AuditEvent {}

    /** Somebody who is no operator spoke to the control socket and was turned away. */
    record ControlRefused(String login) implements AuditEvent {}
}
