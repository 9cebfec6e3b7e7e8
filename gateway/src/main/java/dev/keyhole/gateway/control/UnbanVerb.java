package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.ban.Incident;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/**
 * {@code keyhole unban INCIDENT}: somebody who is locked out at one place lifts that from another. Only the refused
 * client and the operators are shown the incident.
 */
public final class UnbanVerb implements Verb {
    private final BanDesk desk;

    public UnbanVerb(BanDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "unban";
    }

    @Override
    public String summary() {
        return "unban INCIDENT: lift what keeps your other address out; the refusal there named it";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws UsageError {
        String word = arguments.word(0).orElse("");
        if (arguments.count() != 1 || !Incident.looksLikeOne(word)) {
            throw new UsageError("an incident such as k7f3-9q2m, as the refusal shows it");
        }
        Incident incident = new Incident(word);
        try {
            return switch (desk.unban(incident, who.principal())) {
                case BanDesk.Lifting.Lifted(var network) ->
                        Answer.done(
                                network + " may connect again.\n",
                                Map.of("incident", word, "network", network.toString()));
                case BanDesk.Lifting.Unknown unknown ->
                        refused(
                                Code.SUBJECT_UNKNOWN,
                                "There is no incident "
                                        + word
                                        + " now; it may be over. Try to connect.");
                case BanDesk.Lifting.NotYours notYours ->
                        refused(
                                Code.OPERATOR_ONLY,
                                word + " was placed by an operator, and only operators lift it.");
            };
        } catch (BansUnavailable e) {
            String text =
                    "It is lifted, but that could not be written down: "
                            + e.getMessage()
                            + ". Tell the operator.";
            return new Answer(
                    ExitStatus.FAILED,
                    text + "\n",
                    Map.of("code", Code.STORE_UNAVAILABLE, "error", text));
        }
    }

    private static Answer refused(Code code, String text) {
        return new Answer(
                ExitStatus.REFUSED, code + ": " + text + "\n", Map.of("code", code, "error", text));
    }
}
