package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RevokedCertificate;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.wire.Printable;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole ca revoke}: one certificate is refused although its authority is accepted. */
public final class CaRevoke implements OperatorVerb {
    /** A serial is a uint64 (PROTOCOL.certkeys of OpenSSH); 0 is what certificates without a serial have. */
    private static final BigInteger LARGEST_SERIAL =
            BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static final int LONGEST_KEY_ID = 200;

    private final RosterDesk desk;
    private final Clock clock;

    public CaRevoke(RosterDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ca revoke";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String name = AuthorityView.named(desk, fields).name();
        Optional<String> serial = fields.text("serial");
        Optional<String> keyId = fields.text("keyId");
        if (serial.isPresent() == keyId.isPresent()) {
            throw OperatorRefusal.usage("Name the certificate by --serial N or by --key-id ID.");
        }
        Problems problems = new Problems();
        serial.ifPresent(text -> problems.value("--serial", () -> checkedSerial(text)));
        keyId.ifPresent(text -> problems.value("--key-id", () -> checkedKeyId(text)));
        String reason = Reason.needed(fields, problems);
        problems.refuseIfAny();
        RevokedCertificate revoked =
                new RevokedCertificate(name, serial, keyId, reason, RosterDesk.moment(clock));
        List<RosterChange> changes = List.of(new RosterChange.RevokeCertificate(revoked));
        desk.requirePossible(changes);
        return Act.on(
                name + " " + serial.orElse("") + keyId.orElse(""),
                talk -> revoke(revoked, changes));
    }

    private static String checkedSerial(String text) {
        if (!text.matches("0|[1-9]\\d{0,19}")
                || new BigInteger(text).compareTo(LARGEST_SERIAL) > 0) {
            throw new IllegalArgumentException(
                    "a serial is a number from 0 to 2^64-1, as `ssh-keygen -L` shows it");
        }
        return text;
    }

    private static String checkedKeyId(String text) {
        if (text.isEmpty() || text.length() > LONGEST_KEY_ID || !text.equals(Printable.of(text))) {
            throw new IllegalArgumentException(
                    "a key id is 1-200 letters that can be shown, as `ssh-keygen -L` shows it");
        }
        return text;
    }

    private Answer revoke(RevokedCertificate revoked, List<RosterChange> changes)
            throws OperatorRefusal {
        desk.change(changes);
        return Answer.done(
                "That certificate of "
                        + revoked.authority()
                        + " is refused from now on; sessions with it end.\n",
                Map.of("revoked", revoked));
    }
}
