package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key as its owner sees it; the members of the document are named after these.
 *
 * @param comment untrusted
 * @param from where it may be used; absent means anywhere
 * @param services the only ones that it may reach; absent means all
 * @param denied what its line takes away
 * @param thisSession whether the asking session logged in with it
 */
record OwnKey(
        String fingerprint,
        String type,
        String comment,
        Optional<String> from,
        Optional<Instant> expires,
        Optional<List<String>> services,
        List<String> denied,
        Instant added,
        boolean thisSession) {
    static OwnKey of(EnrolledKey enrolled, Authenticated who) {
        return new OwnKey(
                enrolled.key().fingerprint().value(),
                enrolled.key().type().sshName(),
                enrolled.key().comment(),
                enrolled.key().from(),
                enrolled.key().expiry(),
                enrolled.services()
                        .map(names -> names.stream().map(ServiceName::value).sorted().toList()),
                denied(enrolled.key()),
                enrolled.added(),
                enrolled.key().fingerprint().equals(who.fingerprint()));
    }

    private static List<String> denied(AuthorizedKey key) {
        List<String> denied = new ArrayList<>();
        if (!key.permitsForwarding()) {
            denied.add("port-forwarding");
        }
        if (!key.permitsPty()) {
            denied.add("pty");
        }
        return List.copyOf(denied);
    }

    String text(Instant now) {
        return type
                + " "
                + fingerprint
                + (comment.isEmpty() ? "" : " " + Printable.of(comment))
                + from.map(patterns -> ", from " + Printable.of(patterns)).orElse(", from anywhere")
                + expires.map(end -> ", until " + ClockTime.of(end, now)).orElse("")
                + services.map(names -> ", only " + String.join(" ", names)).orElse("")
                + (denied.isEmpty() ? "" : ", without " + String.join(" and ", denied))
                + ", added "
                + ClockTime.of(added, now)
                + (thisSession ? "  <- this session" : "");
    }
}
