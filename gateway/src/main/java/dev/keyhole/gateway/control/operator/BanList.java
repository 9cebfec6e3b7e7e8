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
    /** Of bans and of penalties: an attack of many sources must not fill a screen for minutes. */
    private static final int MOST = 1_000;

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
        List<Ban> bans = desk.bans();
        // Those that last longest: an operator's decisions are among them.
        for (Ban ban : bans.subList(Math.max(0, bans.size() - MOST), bans.size())) {
            all.add(text.view(ban));
            table.row(
                    ban.incident(),
                    "ban",
                    ban.network(),
                    text.moment(ban.until()),
                    ban.placer(),
                    ban.reason());
        }
        List<PenaltyView> penalties = desk.penalties();
        for (PenaltyView penalty : penalties.subList(0, Math.min(penalties.size(), MOST))) {
            all.add(text.view(penalty));
            table.row(
                    penalty.incident(),
                    "penalty",
                    penalty.source(),
                    text.moment(Optional.of(penalty.until())),
                    "door",
                    penalty.counts());
        }
        int more = bans.size() + penalties.size() - all.size();
        return Answer.done(
                table.orElse("Nobody is refused now.")
                        + (more == 0
                                ? ""
                                : "and " + more + " more; `keyhole ban why ADDRESS` knows each\n"),
                Map.of("refused", all, "more", more));
    }
}
