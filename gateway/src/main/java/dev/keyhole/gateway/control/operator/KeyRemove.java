package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.EnrolledKey;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.wire.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole key remove}: a key is nobody's any more, and sessions that it opened end. */
public final class KeyRemove implements OperatorVerb {
    private final RosterDesk desk;

    public KeyRemove(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "key remove";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        EnrolledKey key = key(fields);
        RosterChange removal = new RosterChange.RemoveKey(key.key().fingerprint());
        desk.requirePossible(List.of(removal));
        return Act.on(key.owner(), talk -> remove(key, removal));
    }

    private EnrolledKey key(Fields fields) throws OperatorRefusal {
        Optional<String> comment = fields.text("comment");
        Optional<String> fingerprint = fields.text("fingerprint");
        if (comment.isPresent() == fingerprint.isPresent()) {
            throw OperatorRefusal.usage("Name the key by its fingerprint or by --comment TEXT.");
        }
        return fingerprint.isPresent()
                ? byFingerprint(fingerprint.get())
                : byComment(comment.orElse(""));
    }

    private EnrolledKey byFingerprint(String text) throws OperatorRefusal {
        try {
            return desk.now()
                    .key(new Fingerprint(text))
                    .orElseThrow(() ->
                            OperatorRefusal.unknown(
                                    "There is no key " + text + "; see `keyhole key list`."));
        } catch (IllegalArgumentException e) {
            throw OperatorRefusal.usage(e.getMessage() + ", as `keyhole key list` shows it.");
        }
    }

    /** A comment is what a person chose and need not be unique; then nothing is guessed. */
    private EnrolledKey byComment(String comment) throws OperatorRefusal {
        Roster roster = desk.now();
        List<EnrolledKey> keys =
                roster.principals().stream()
                        .map(Principal::name)
                        .flatMap(name -> roster.keysOf(name).stream())
                        .filter(key -> key.key().comment().equals(comment))
                        .toList();
        if (keys.size() == 1) {
            return keys.getFirst();
        }
        throw OperatorRefusal.unknown(
                keys.isEmpty()
                        ? "There is no key with the comment '"
                                + Printable.of(comment)
                                + "'; see `keyhole key list`."
                        : keys.size()
                                + " keys have that comment; name one by its fingerprint, see `keyhole key list`.");
    }

    private Answer remove(EnrolledKey key, RosterChange removal) throws OperatorRefusal {
        var after = desk.change(List.of(removal));
        String fingerprint = key.key().fingerprint().value();
        String text = fingerprint + " of " + key.owner() + " is removed; its sessions end now.\n";
        return Answer.done(
                after.keysOf(key.owner()).isEmpty()
                        ? text + key.owner() + " has no key left and cannot log in.\n"
                        : text,
                Map.of("removed", fingerprint, "principal", key.owner().value()));
    }
}
