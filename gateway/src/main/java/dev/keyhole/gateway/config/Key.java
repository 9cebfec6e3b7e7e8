package dev.keyhole.gateway.config;

import java.util.Optional;

/**
 * One key of the config: a row of the table.
 *
 * @param path dashed names joined by dots; {@code NAME} stands for a principal's name
 * @param unit how one value is written
 * @param many whether it is a list of such values
 * @param fallback the value when the key is absent, written as in the file; empty when absent means none
 * @param meaning one sentence for the reference
 */
record Key<T>(String path, Unit<T> unit, boolean many, Optional<String> fallback, String meaning) {
    static <T> Key<T> of(String path, Unit<T> unit, String fallback, String meaning) {
        return new Key<>(path, unit, false, Optional.of(fallback), meaning);
    }

    static <T> Key<T> optional(String path, Unit<T> unit, String meaning) {
        return new Key<>(path, unit, false, Optional.empty(), meaning);
    }

    static <T> Key<T> list(String path, Unit<T> unit, String meaning) {
        return new Key<>(path, unit, true, Optional.empty(), meaning);
    }

    /** The value of a key that has a default, where the config does not say another. */
    T usual() {
        return unit.parse().apply(fallback.orElseThrow());
    }

    /** The same key of one principal. */
    Key<T> of(String name) {
        return new Key<>(path.replace(ConfigTable.NAME, name), unit, many, fallback, meaning);
    }
}
