package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.SharedAddress;
import java.util.Optional;

/** Which addresses may be shared at all, whoever names them. Thread-safe. */
public interface AddressRules {
    /** Why it may not be shared, as a sentence for the operator; empty when it may. */
    Optional<String> refusal(SharedAddress address);
}
