package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Printable;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code keyhole me}: what the door knows about the asking principal, and nobody else: role, keys, limits and what is
 * used of them, live sessions, shared services.
 */
public final class MeVerb implements Verb {
    private final Supplier<Roster> roster;
    private final Limits limits;
    private final Supplier<Sessions> sessions;
    private final Workspaces workspaces;
    private final Clock clock;

    /**
     * @param sessions asked at each call, because the door is wired after its verbs
     * @param clock for the times that are shown
     */
    public MeVerb(
            Supplier<Roster> roster,
            Limits limits,
            Supplier<Sessions> sessions,
            Workspaces workspaces,
            Clock clock) {
        this.roster = roster;
        this.limits = limits;
        this.sessions = sessions;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "me";
    }

    @Override
    public String summary() {
        return "your keys, limits, sessions and shared services";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) {
        Roster now = roster.get();
        Optional<Principal> me = now.principal(who.principal());
        Instant time = clock.instant();
        List<OwnKey> keys =
                now.keysOf(who.principal()).stream().map(key -> OwnKey.of(key, who)).toList();
        List<SessionView> open =
                sessions.get().open().stream()
                        .filter(session -> session.principal().equals(who.principal().value()))
                        .toList();
        List<OwnSession> own = open.stream().map(session -> OwnSession.of(session, who)).toList();
        OwnLimits used =
                OwnLimits.of(
                        limits.of(who.principal()), open, workspaces.of(who.principal()).runs());
        List<String> shared =
                now.services().stream()
                        .filter(service -> service.grantees().contains(who.principal()))
                        .map(SharedService::name)
                        .map(ServiceName::value)
                        .toList();

        Map<String, Object> document = new LinkedHashMap<>();
        document.put("principal", who.principal().value());
        document.put("role", me.map(principal -> principal.role().word()));
        document.put("shell", me.map(Principal::shell).orElse(false));
        document.put("expires", me.flatMap(Principal::expiry));
        document.put("session", who.arrival().session().value());
        document.put("certificate", who.certificate());
        document.put("keys", keys);
        document.put("limits", used);
        document.put("sessions", own);
        document.put("shared", shared);

        StringBuilder text = new StringBuilder();
        line(
                text,
                "principal",
                who.principal() + me.map(known -> " (" + describe(known) + ")").orElse(""));
        who.certificate()
                .ifPresent(name ->
                        line(text, "certificate", Printable.of(name) + "  <- this session"));
        keys.forEach(key -> line(text, "key", key.text(time)));
        used.lines().forEach(limit -> line(text, "limit", limit));
        own.forEach(session -> line(text, "session", session.text(time)));
        line(text, "shared", shared.isEmpty() ? "no services" : String.join(", ", shared));
        return Answer.done(text.toString(), document);
    }

    private static String describe(Principal me) {
        return me.role().word()
                + (me.shell() ? ", with shell" : ", without shell")
                + me.expiry().map(end -> ", until " + end).orElse("");
    }

    private static void line(StringBuilder text, String label, String what) {
        text.append(String.format("%-11s %s%n", label, what));
    }
}
