package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.Ban;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.config.TimeSpan;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code keyhole ban add}: nobody of a network may connect any more; who is logged in stays. It refuses what would shut
 * out whoever is exempt, or the operator.
 */
public final class BanAdd implements OperatorVerb {
    private final BanDesk desk;
    private final Sessions sessions;
    private final BanText text;

    public BanAdd(BanDesk desk, Sessions sessions, Clock clock) {
        this.desk = desk;
        this.sessions = sessions;
        this.text = new BanText(desk, clock);
    }

    @Override
    public String name() {
        return "ban add";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        AddressBlock network = BanText.network(fields.needed("network"));
        Problems problems = new Problems();
        Optional<String> reason = fields.text("reason").map(text -> Reason.checked(text, problems));
        Optional<Duration> length = fields.text("for").flatMap(text -> length(text, problems));
        Optional<String> from = fields.text("from");
        boolean force = fields.flag("force");
        problems.refuseIfAny();
        requireHarmless(network, from, force);
        if (desk.isFull()) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.CHANGE_REFUSED,
                    "There are as many bans of operators as fit; ban larger networks, or use a packet filter.");
        }
        String asked = fields.operator();
        return Act.on(network.toString(), talk -> add(network, asked, reason.orElse(""), length));
    }

    private static Optional<Duration> length(String text, Problems problems) {
        return Optional.ofNullable(problems.value("--for", () -> TimeSpan.parse(text)))
                .map(TimeSpan::duration);
    }

    /** An exempt network inside it would go on as before; the operator's own address would not. */
    private void requireHarmless(AddressBlock network, Optional<String> from, boolean force)
            throws OperatorRefusal {
        List<AddressBlock> exempt =
                desk.exempt().stream()
                        .filter(range ->
                                network.contains(range.network())
                                        || range.contains(network.network()))
                        .toList();
        if (!exempt.isEmpty() && !force) {
            throw refused(
                    network
                            + " meets "
                            + exempt.getFirst()
                            + ", which ban.exempt never punishes; that part would not be banned.");
        }
        Optional<InetAddress> own = from.flatMap(AddressBlock::literal);
        if (own.filter(network::contains).isPresent() && !force) {
            throw refused(
                    "Your own ssh session comes from "
                            + own.get().getHostAddress()
                            + ", which is in "
                            + network
                            + "; you would not get in again.");
        }
    }

    private static OperatorRefusal refused(String why) {
        return OperatorRefusal.of(
                ExitStatus.REFUSED,
                Code.CHANGE_REFUSED,
                why + " Name a smaller network, or say --force.");
    }

    private Answer add(
            AddressBlock network, String operator, String reason, Optional<Duration> length)
            throws OperatorRefusal {
        try {
            Ban ban = desk.add(network, operator, reason, length);
            long inside =
                    sessions.open().stream()
                            .filter(session ->
                                    AddressBlock.literal(session.source())
                                            .filter(network::contains)
                                            .isPresent())
                            .count();
            return Answer.done(
                    network
                            + " is banned "
                            + text.end(ban.until())
                            + " (incident "
                            + ban.incident()
                            + ").\n"
                            + (inside == 0
                                    ? ""
                                    : inside
                                            + " sessions from there go on; see `keyhole session list`, and `keyhole session close ID`\n"),
                    Map.of("ban", text.view(ban), "sessions", inside));
        } catch (BansUnavailable e) {
            throw BanText.notKept(e);
        }
    }
}
