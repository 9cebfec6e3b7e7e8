package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one line of an import says about a principal. What it does not say stays as it is.
 *
 * @param where file and line, for problems
 * @param limits by name, as {@code --limit} writes them
 */
record ImportRow(
        String where,
        PrincipalName name,
        Optional<Role> role,
        Optional<Boolean> shell,
        Optional<Instant> expiry,
        Map<String, String> limits,
        List<KeyText.Given> keys) {
    /** A principal whose keys alone are said. */
    static ImportRow keysOnly(String where, PrincipalName name, List<KeyText.Given> keys) {
        return new ImportRow(
                where, name, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), keys);
    }
}
