package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.Ban;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.Incident;
import dev.keyhole.gateway.ban.PenaltyView;
import dev.keyhole.gateway.ban.Standing;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole ban why}: how a source stands with the door, by its address or by what a refused client was told. */
public final class BanWhy implements OperatorVerb {
    private final BanDesk desk;
    private final BanText text;

    public BanWhy(BanDesk desk, Clock clock) {
        this.desk = desk;
        this.text = new BanText(desk, clock);
    }

    @Override
    public String name() {
        return "ban why";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String subject = fields.needed("subject");
        SourceGroup source =
                Incident.looksLikeOne(subject)
                        ? sourceOf(text.incident(subject))
                        : BanText.source(subject);
        return Act.on(source.toString(), talk -> why(source));
    }

    private SourceGroup sourceOf(Incident incident) throws OperatorRefusal {
        return desk.penalty(incident)
                .map(PenaltyView::source)
                .or(() -> desk.ban(incident).map(ban -> SourceGroup.of(ban.network().network())))
                .orElseThrow(() ->
                        OperatorRefusal.unknown(incident + " is over; see `keyhole ban list`."));
    }

    private Answer why(SourceGroup source) {
        Standing standing = desk.standing(source);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("source", source.toString());
        document.put("exempt", standing.exempt());
        document.put("friend", standing.friend());
        document.put("strikes", standing.strikes());
        standing.ban().ifPresent(ban -> document.put("ban", text.view(ban)));
        standing.penalty().ifPresent(penalty -> document.put("penalty", text.view(penalty)));
        standing.outstanding().ifPresent(left -> document.put("outstanding", left));
        return Answer.done(source + ": " + words(standing), document);
    }

    private String words(Standing standing) {
        if (standing.exempt()) {
            return "exempt (ban.exempt); nothing is counted and nothing is refused.\n";
        }
        StringBuilder words = new StringBuilder();
        words.append(
                standing.ban()
                        .map(ban -> banned(ban))
                        .or(() -> standing.penalty().map(this::penalised))
                        .orElse("not refused.\n"));
        standing.outstanding()
                .ifPresent(left -> words.append("  penalty: ").append(left).append('\n'));
        if (standing.strikes() > 0) {
            words.append("  enforced penalties in a row: " + standing.strikes() + "\n");
        }
        boolean byOperator = standing.ban().filter(ban -> ban.by() == Ban.By.OPERATOR).isPresent();
        words.append(
                standing.friend()
                        ? "  somebody logged in from there lately"
                                + (byOperator
                                        ? ", which does not help against an operator's ban\n"
                                        : ": two connections at a time may try, whatever failed\n")
                        : "  nobody logged in from there lately\n");
        return words.toString();
    }

    private String banned(Ban ban) {
        return "banned "
                + text.end(ban.until())
                + " (incident "
                + ban.incident()
                + ").\n  network: "
                + ban.network()
                + "\n  by: "
                + ban.placer()
                + "\n"
                + (ban.reason().isEmpty() ? "" : "  reason: " + ban.reason() + "\n");
    }

    private String penalised(PenaltyView penalty) {
        return "refused "
                + text.end(Optional.of(penalty.until()))
                + " (incident "
                + penalty.incident()
                + ").\n";
    }
}
