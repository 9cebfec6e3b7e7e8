package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.Origin;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.PrincipalLimits;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an import would change, compared with who is known. The same lines a second time change nothing. Keys and limits
 * that a line does not name stay. Used by one thread.
 */
final class ImportPlan {
    /**
     * What becomes of one principal.
     *
     * @param does {@code add}, {@code change} or {@code same}
     * @param what each change, for a person
     */
    record Entry(String name, String does, List<String> what) {}

    private static final String SAME = "same";

    private final Roster roster;
    private final Instant now;
    private final Problems problems;
    private final Map<Fingerprint, String> keyAt = new HashMap<>();
    private final List<RosterChange> changes = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Principal> limited = new ArrayList<>();
    private final List<Principal> added = new ArrayList<>();

    ImportPlan(Roster roster, Instant now, Problems problems) {
        this.roster = roster;
        this.now = now;
        this.problems = problems;
    }

    void plan(List<ImportRow> rows) {
        rows.forEach(this::row);
    }

    /** Everything, in order. */
    List<RosterChange> changes() {
        return changes;
    }

    /** In the order of the lines. */
    List<Entry> entries() {
        return entries;
    }

    /** Who is added or changed. */
    List<PrincipalName> touched() {
        return entries.stream()
                .filter(entry -> !entry.does().equals(SAME))
                .map(entry -> new PrincipalName(entry.name()))
                .toList();
    }

    /** Whose limits are not what they were. */
    List<Principal> limited() {
        return limited;
    }

    /** Who is new. */
    List<Principal> added() {
        return added;
    }

    private void row(ImportRow row) {
        Optional<Principal> known = roster.principal(row.name());
        Principal before = known.orElseGet(() -> Principal.member(row.name(), Origin.STORE, now));
        Principal after = before;
        List<String> what = new ArrayList<>();
        if (row.role().filter(role -> role != before.role()).isPresent()) {
            after = after.withRole(row.role().get());
            what.add("role " + after.role().word());
        }
        if (row.shell().filter(shell -> shell != before.shell()).isPresent()) {
            after = after.withShell(row.shell().get());
            what.add(after.shell() ? "shell" : "no shell");
        }
        if (row.expiry().isPresent() && !row.expiry().equals(before.expiry())) {
            if (!row.expiry().get().isAfter(now)) {
                problems.value(row.where() + ": the expiry has passed; name a time to come");
            }
            after = after.withExpiry(row.expiry());
            what.add("expires " + row.expiry().get());
        }
        after = after.withLimits(limits(row, before.limits(), what));
        List<RosterChange> keys = keys(row, what);
        if (known.isEmpty()) {
            changes.add(new RosterChange.AddPrincipal(after));
            added.add(after);
        } else if (!after.equals(before)) {
            changes.add(new RosterChange.ReplacePrincipal(after));
        }
        if (!after.limits().equals(before.limits())) {
            limited.add(after);
        }
        changes.addAll(keys);
        entries.add(
                new Entry(
                        row.name().value(),
                        known.isEmpty() ? "add" : what.isEmpty() ? SAME : "change",
                        what));
    }

    private static PrincipalLimits limits(
            ImportRow row, PrincipalLimits before, List<String> what) {
        PrincipalLimits limits = before;
        for (var limit : row.limits().entrySet()) {
            PrincipalLimits with = LimitWords.with(limits, limit.getKey(), limit.getValue());
            if (!with.equals(limits)) {
                what.add(limit.getKey() + "=" + limit.getValue());
            }
            limits = with;
        }
        return limits;
    }

    private List<RosterChange> keys(ImportRow row, List<String> what) {
        List<RosterChange> added = new ArrayList<>();
        for (KeyText.Given key : row.keys()) {
            Fingerprint fingerprint = key.key().fingerprint();
            String before = keyAt.putIfAbsent(fingerprint, row.where());
            if (before != null) {
                problems.key(
                        row.where()
                                + ": the key "
                                + fingerprint
                                + " stands at "
                                + before
                                + " already; a key names one principal");
            } else if (isNew(row, key, fingerprint)) {
                added.add(
                        new RosterChange.AddKey(
                                new EnrolledKey(
                                        row.name(),
                                        key.key(),
                                        key.line(),
                                        Optional.empty(),
                                        Origin.STORE,
                                        now)));
                what.add("key " + fingerprint);
            }
        }
        return added;
    }

    private boolean isNew(ImportRow row, KeyText.Given key, Fingerprint fingerprint) {
        Optional<EnrolledKey> known = roster.key(fingerprint);
        if (known.isEmpty()) {
            roster.authorities().stream()
                    .filter(authority -> authority.fingerprint().equals(fingerprint))
                    .forEach(authority ->
                            problems.key(
                                    row.where()
                                            + ": the key "
                                            + fingerprint
                                            + " is the certificate authority "
                                            + authority.name()));
            return true;
        }
        if (!known.get().owner().equals(row.name())) {
            problems.key(
                    row.where()
                            + ": the key "
                            + fingerprint
                            + " belongs to "
                            + known.get().owner()
                            + "; a key names one principal");
        } else if (!known.get().line().isEmpty()
                && !KeyView.options(known.get().line(), known.get().key())
                        .equals(KeyView.options(key.line(), key.key()))) {
            problems.key(
                    row.where()
                            + ": the key "
                            + fingerprint
                            + " is known with other options; remove it first: keyhole key remove "
                            + fingerprint);
        }
        return false;
    }
}
