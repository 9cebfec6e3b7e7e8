package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.Ban;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.ban.Incident;
import dev.keyhole.gateway.ban.PenaltyView;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the verbs of {@code ban} read and write alike. Thread-safe. */
final class BanText {
    private static final int GROUP_BITS = 64;

    private final BanDesk desk;
    private final Clock clock;

    BanText(BanDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** {@code until 18:40 UTC}, or {@code until it is lifted}. */
    String end(Optional<Instant> until) {
        return until.map(end -> "until " + ClockTime.of(end, clock.instant()))
                .orElse("until it is lifted");
    }

    /** For a column of a table. */
    String moment(Optional<Instant> until) {
        return until.map(end -> ClockTime.of(end, clock.instant())).orElse("lifted");
    }

    /** As documents carry a ban. */
    Map<String, Object> view(Ban ban) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("incident", ban.incident().value());
        view.put("kind", "ban");
        view.put("network", ban.network().toString());
        view.put("by", ban.placer());
        view.put("operator", ban.by() == Ban.By.OPERATOR);
        view.put("reason", ban.reason());
        view.put("level", ban.level());
        view.put("since", ban.since().truncatedTo(ChronoUnit.SECONDS));
        ban.until().ifPresent(end -> view.put("until", end.truncatedTo(ChronoUnit.SECONDS)));
        return view;
    }

    /** As documents carry a penalty. */
    Map<String, Object> view(PenaltyView penalty) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("incident", penalty.incident().value());
        view.put("kind", "penalty");
        view.put("network", penalty.source().toString());
        view.put("by", "door");
        view.put("operator", false);
        view.put("reason", penalty.counts());
        view.put("until", penalty.until().truncatedTo(ChronoUnit.SECONDS));
        return view;
    }

    /**
     * The network that an operator names; of IPv6 a /64 at least, because whoever has one address of it has all of them.
     */
    static AddressBlock network(String text) throws OperatorRefusal {
        try {
            AddressBlock block = AddressBlock.parse(text);
            return block.network() instanceof Inet4Address || block.bits() <= GROUP_BITS
                    ? block
                    : AddressBlock.around(block.network(), GROUP_BITS);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /** The source that an operator names by one of its addresses. */
    static SourceGroup source(String text) throws OperatorRefusal {
        Optional<InetAddress> address = AddressBlock.literal(text);
        if (address.isEmpty()) {
            throw usage("'" + text + "' is neither an address nor an incident such as k7f3-9q2m");
        }
        return SourceGroup.of(address.get());
    }

    /** The incident that is meant by its own name, or by the network that it keeps out. */
    Incident incident(String text) throws OperatorRefusal {
        if (Incident.looksLikeOne(text)) {
            Incident named = new Incident(text);
            if (desk.ban(named).isPresent() || desk.penalty(named).isPresent()) {
                return named;
            }
            throw OperatorRefusal.unknown(
                    "There is no incident " + text + " now; see `keyhole ban list`.");
        }
        AddressBlock network = network(text);
        Optional<Incident> found =
                desk.ban(network)
                        .map(Ban::incident)
                        .or(() ->
                                desk.standing(SourceGroup.of(network.network()))
                                        .penalty()
                                        .filter(penalty -> penalty.source().block().equals(network))
                                        .map(PenaltyView::incident));
        if (found.isPresent()) {
            return found.get();
        }
        Optional<Ban> around = desk.standing(SourceGroup.of(network.network())).ban();
        throw OperatorRefusal.unknown(
                around.map(ban ->
                                network
                                        + " itself is not banned, but "
                                        + ban.network()
                                        + " is, by "
                                        + ban.incident()
                                        + ".")
                        .orElse(network + " is not banned; see `keyhole ban list`."));
    }

    static OperatorRefusal notKept(BansUnavailable e) {
        return OperatorRefusal.of(
                ExitStatus.FAILED,
                Code.STORE_UNAVAILABLE,
                "That holds now, but not after a restart of the door: "
                        + e.getMessage()
                        + ". Free disk space, then run it again.");
    }

    private static OperatorRefusal usage(@Nullable String text) {
        return OperatorRefusal.of(ExitStatus.USAGE, Code.INPUT_INVALID, text + ".");
    }
}
