package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.ban.Incident;
import dev.keyhole.gateway.control.Answer;
import java.time.Clock;
import java.util.Map;

/** {@code keyhole ban remove}: lifts a ban or a penalty; what it was for is forgiven. */
public final class BanRemove implements OperatorVerb {
    private final BanDesk desk;
    private final BanText text;

    public BanRemove(BanDesk desk, Clock clock) {
        this.desk = desk;
        this.text = new BanText(desk, clock);
    }

    @Override
    public String name() {
        return "ban remove";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String subject = fields.needed("subject");
        Incident incident = text.incident(subject);
        String operator = fields.operator();
        return Act.on(incident.value(), talk -> remove(incident, operator));
    }

    private Answer remove(Incident incident, String operator) throws OperatorRefusal {
        try {
            return switch (desk.remove(incident, operator)) {
                case BanDesk.Lifting.Lifted(var network) ->
                        Answer.done(
                                network + " may connect again (incident " + incident + ").\n",
                                Map.of(
                                        "incident",
                                        incident.value(),
                                        "network",
                                        network.toString()));
                case BanDesk.Lifting.Unknown unknown ->
                        throw OperatorRefusal.unknown(incident + " is over already.");
                case BanDesk.Lifting.NotYours notYours ->
                        throw OperatorRefusal.unknown(incident + " is another's.");
            };
        } catch (BansUnavailable e) {
            throw BanText.notKept(e);
        }
    }
}
