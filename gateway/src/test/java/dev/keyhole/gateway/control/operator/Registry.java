package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.ConfiguredRoster;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.RosterProblem;
import dev.keyhole.gateway.access.RosterStore;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operator verbs over a roster in memory, with machines and disks that can be made to fail. Used by one thread. */
public final class Registry {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    final List<AuditEvent> events = new ArrayList<>();
    final List<String> prepared = new ArrayList<>();
    final Map<String, PrincipalLimits> limited = new LinkedHashMap<>();
    final Principals principals;
    public final OperatorVerbs verbs;
    boolean separate = true;
    boolean auditFails;
    boolean storeFails;
    Optional<String> prepareFails = Optional.empty();

    public Registry() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try {
            principals = Principals.open(new Memory(), new ConfiguredRoster(Map.of(), NOW));
        } catch (StoreUnavailable | RosterProblem e) {
            throw new IllegalStateException(e);
        }
        KeyRules rules = new KeyRules(KeyRules.USUAL_RSA_MIN, ZoneOffset.UTC);
        RosterDesk desk = new RosterDesk(principals);
        PrincipalWords words = new PrincipalWords(clock, ZoneOffset.UTC);
        KeyText keys = new KeyText(rules);
        ServiceNames services =
                new ServiceNames(new ServiceCatalog(Map.of(ServiceName.JUPYTER, 8888)), desk);
        Environments environments = new Machine();
        verbs =
                new OperatorVerbs(
                        List.of(
                                new PrincipalAdd(desk, keys, environments, words, clock),
                                new PrincipalList(desk, clock),
                                new PrincipalShow(desk, clock),
                                new PrincipalSet(desk, environments, words, clock),
                                new PrincipalLock(desk, clock),
                                new PrincipalUnlock(desk, clock),
                                new KeyAdd(desk, keys, services, words, clock),
                                new KeyList(desk),
                                new KeyRemove(desk),
                                new PrincipalImport(desk, keys, environments, words, clock),
                                new CaAdd(desk, keys, clock),
                                new CaList(desk),
                                new CaRemove(desk),
                                new CaRevoke(desk, clock),
                                new ServiceAdd(desk, services, Registry::addressRefusal, clock),
                                new ServiceList(desk),
                                new ServiceRemove(desk),
                                ServiceGrant.grant(desk),
                                ServiceGrant.withdraw(desk)),
                        new Audit());
    }

    /** {@code verb name=value ...} as a request. */
    public Answer run(String verb, Object... members) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("verb", verb);
        for (int i = 0; i < members.length; i += 2) {
            request.put((String) members[i], members[i + 1]);
        }
        try {
            return verbs.run(new Operator(0, "root"), request, new Deaf());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> addressRefusal(SharedAddress address) {
        return address.toString().startsWith("10.")
                ? Optional.empty()
                : Optional.of("only 10.0.0.0/8 is shared here");
    }

    static Map<String, String> key(String line) {
        return Map.of("file", "test.pub", "text", line);
    }

    Roster now() {
        return principals.now();
    }

    private static final class Deaf implements Talk {
        @Override
        public void progress(String text) {}

        @Override
        public void line(String text) {}

        @Override
        public void quiet() {}
    }

    private final class Memory implements RosterStore {
        @Override
        public Roster load() {
            return Roster.EMPTY;
        }

        @Override
        public void apply(List<RosterChange> changes) throws StoreUnavailable {
            if (storeFails) {
                throw new StoreUnavailable("The disk is full.", new IOException("full"));
            }
        }
    }

    private final class Machine implements Environments {
        @Override
        public boolean separate() {
            return separate;
        }

        @Override
        public void prepare(PrincipalName owner) throws LaunchFailure {
            if (prepareFails.isPresent()) {
                throw new LaunchFailure(prepareFails.get(), List.of("its log"));
            }
            prepared.add(owner.value());
        }

        @Override
        public void limit(PrincipalName owner, PrincipalLimits limits) {
            limited.put(owner.value(), limits);
        }

        @Override
        public void retire(PrincipalName owner) {
            prepared.remove(owner.value());
        }
    }

    private final class Audit implements AuditLog {
        @Override
        public void write(AuditEvent event) throws AuditUnavailable {
            if (auditFails) {
                throw new AuditUnavailable("the disk is full", new IOException("full"));
            }
            events.add(event);
        }

        @Override
        public void record(AuditEvent event) {
            events.add(event);
        }

        @Override
        public boolean isAvailable() {
            return !auditFails;
        }

        @Override
        public List<String> latest(PrincipalName principal, int limit) {
            return List.of();
        }
    }
}
