package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.Ban;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.PenaltyView;
import dev.keyhole.gateway.control.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole ban list}: who is refused now, and until when. */
public final class BanList implements OperatorVerb {
    private final BanDesk desk;
    private final BanText text;

    public BanList(BanDesk desk, Clock clock) {
        this.desk = desk;
        this.text = new BanText(desk, clock);
    }

    @Override
    public String name() {
        return "ban list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("every ban", talk -> list());
    }

    private Answer list() {
        List<Object> all = new ArrayList<>();
        Table table = new Table("INCIDENT", "KIND", "NETWORK", "UNTIL", "BY", "REASON");
        for (Ban ban : desk.bans()) {
            all.add(text.view(ban));
            table.row(
                    ban.incident(),
                    "ban",
                    ban.network(),
                    text.moment(ban.until()),
                    ban.placer(),
                    ban.reason());
        }
        for (PenaltyView penalty : desk.penalties()) {
            all.add(text.view(penalty));
            table.row(
                    penalty.incident(),
                    "penalty",
                    penalty.source(),
                    text.moment(Optional.of(penalty.until())),
                    "door",
                    penalty.counts());
        }
        return Answer.done(table.orElse("Nobody is refused now."), Map.of("refused", all));
    }
}
