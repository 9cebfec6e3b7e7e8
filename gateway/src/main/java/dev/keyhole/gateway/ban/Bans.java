package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bans in force, found by address in as many steps as there are different lengths of prefixes. Bounded: when the
 * door's own are too many, the one that ends soonest goes; operators are told instead. Not thread-safe: the guard's
 * lock.
 */
final class Bans {
    /** Of operators: far above what people decide by hand, and a list for a packet filter beyond it. */
    static final int MOST_OF_OPERATORS = 10_000;

    private static final Comparator<Ban> SOONER =
            Comparator.comparing((Ban ban) -> ban.until().orElse(Instant.MAX))
                    .thenComparing(ban -> ban.incident().value());

    private final int mostOfDoor;
    private final Map<AddressBlock, Ban> byNetwork = new HashMap<>();
    private final Map<Incident, Ban> byIncident = new HashMap<>();
    private final TreeMap<Integer, Integer> lengths = new TreeMap<>();
    private final TreeSet<Ban> ofDoor = new TreeSet<>(SOONER);
    private long overflows;

    int mostOfDoor() {
        return mostOfDoor;
    }

    Bans(int mostOfDoor) {
        this.mostOfDoor = mostOfDoor;
    }

    /** Places it instead of another one of the same network; the ban that had to go for it. */
    Optional<Ban> place(Ban ban) {
        Optional.ofNullable(byNetwork.get(ban.network())).ifPresent(this::remove);
        byNetwork.put(ban.network(), ban);
        byIncident.put(ban.incident(), ban);
        lengths.merge(ban.network().bits(), 1, Integer::sum);
        if (ban.by() == Ban.By.DOOR) {
            ofDoor.add(ban);
            if (ofDoor.size() > mostOfDoor) {
                overflows++;
                Ban first = ofDoor.first();
                remove(first);
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    void remove(Ban ban) {
        if (byIncident.remove(ban.incident()) != null) {
            byNetwork.remove(ban.network());
            ofDoor.remove(ban);
            lengths.computeIfPresent(
                    ban.network().bits(), (bits, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What bans a source now; an operator's word before the door's. */
    Optional<Ban> covering(SourceGroup source, Instant now) {
        Optional<Ban> found = Optional.empty();
        for (int bits : lengths.keySet()) {
            if (bits <= source.block().bits()) {
                AddressBlock around = AddressBlock.around(source.block().network(), bits);
                Ban ban = byNetwork.get(around);
                if (ban != null
                        && !ban.isOverAt(now)
                        && (found.isEmpty() || ban.by() == Ban.By.OPERATOR)) {
                    found = Optional.of(ban);
                }
            }
        }
        return found;
    }

    Optional<Ban> named(Incident incident) {
        return Optional.ofNullable(byIncident.get(incident));
    }

    Optional<Ban> of(AddressBlock network) {
        return Optional.ofNullable(byNetwork.get(network));
    }

    /** All, in the order of their ends. */
    List<Ban> all() {
        return byIncident.values().stream().sorted(SOONER).toList();
    }

    /** Removes those that are over. */
    List<Ban> expire(Instant now) {
        List<Ban> over = new ArrayList<>();
        for (Ban ban : byIncident.values()) {
            if (ban.isOverAt(now)) {
                over.add(ban);
            }
        }
        over.forEach(this::remove);
        return over;
    }

    boolean isFullForOperators() {
        return size() - ofDoor.size() >= MOST_OF_OPERATORS;
    }

    int size() {
        return byIncident.size();
    }

    int ofDoor() {
        return ofDoor.size();
    }

    long overflows() {
        return overflows;
    }
}
