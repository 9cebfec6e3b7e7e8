package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditUnreadable;
import dev.keyhole.gateway.audit.Pseudonyms;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code keyhole audit erase}: nobody reads from the audit any more whom its events about a former principal are about.
 * The events stay, and so does the proof of them.
 */
public final class AuditErase implements OperatorVerb {
    private static final Logger LOG = LoggerFactory.getLogger(AuditErase.class);

    private final RosterDesk desk;
    private final Pseudonyms names;
    private final AuditIndex index;

    public AuditErase(RosterDesk desk, Pseudonyms names, AuditIndex index) {
        this.desk = desk;
        this.names = names;
        this.index = index;
    }

    @Override
    public String name() {
        return "audit erase";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = named(fields);
        if (desk.now().principal(name).isPresent()) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.CHANGE_REFUSED,
                    name
                            + " is a principal, and its next event would name it again. Nothing was changed. First `keyhole principal remove "
                            + name
                            + "`.");
        }
        if (names.pseudonym(name.value()).isEmpty()) {
            throw unknown(name);
        }
        // Written down under the key that goes with it.
        return Act.on(name, talk -> erase(name));
    }

    private static PrincipalName named(Fields fields) throws OperatorRefusal {
        try {
            return new PrincipalName(fields.needed("name"));
        } catch (IllegalArgumentException e) {
            throw OperatorRefusal.of(ExitStatus.USAGE, Code.INPUT_INVALID, e.getMessage() + ".");
        }
    }

    private static OperatorRefusal unknown(PrincipalName name) {
        return OperatorRefusal.unknown(
                "The audit knows nobody named "
                        + name
                        + ". `keyhole audit summary keys` lists who logged in.");
    }

    private Answer erase(PrincipalName name) throws OperatorRefusal {
        String pseudonym;
        try {
            pseudonym = names.erase(name.value()).orElseThrow(() -> unknown(name));
        } catch (IOException e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    "Nobody was erased: "
                            + e.getMessage()
                            + ". "
                            + Code.STORE_UNAVAILABLE.nextMove());
        }
        String left = "";
        try {
            index.forgetNames();
        } catch (AuditUnreadable e) {
            // Not a refusal: that would be an event that names the person again.
            LOG.warn("The audit's index still names an erased person: {}", e.getMessage());
            left =
                    "The index of the audit still holds copies: "
                            + e.getMessage()
                            + ". Stop the door, remove audit/index.db of its home, and start it.\n";
        }
        return Answer.done(
                left
                        + "Nobody reads from the audit any more who "
                        + pseudonym
                        + " was. Its events stay, and can be proved and counted.\n"
                        + "Not touched: backups of the table of names, what was exported or sent by syslog,"
                        + " and log/auth/auth.log until it is rotated.\n",
                Map.of("erased", pseudonym));
    }
}
