package dev.keyhole.gateway.config;

import java.util.Optional;

/**
 * One key of the config: a row of the table.
 *
 * @param path dashed names joined by dots; {@code NAME} stands for a principal's name
 * @param unit how one value is written
 * @param many whether it is a list of such values
 * @param fallback the value when the key is absent, written as in the file; empty when absent means none
 * @param effective false while a value is read and checked but changes nothing; its use is then answered by a notice
 * @param meaning one sentence for the reference
 */
record Key<T>(
        String path,
        Unit<T> unit,
        boolean many,
        Optional<String> fallback,
        boolean effective,
        String meaning) {
    static <T> Key<T> of(String path, Unit<T> unit, String fallback, String meaning) {
        return new Key<>(path, unit, false, Optional.of(fallback), true, meaning);
    }

    static <T> Key<T> optional(String path, Unit<T> unit, String meaning) {
        return new Key<>(path, unit, false, Optional.empty(), true, meaning);
    }

    static <T> Key<T> list(String path, Unit<T> unit, String meaning) {
        return new Key<>(path, unit, true, Optional.empty(), true, meaning);
    }

    /** The value of a key that has a default, where the config does not say another. */
    T usual() {
        return unit.parse().apply(fallback.orElseThrow());
    }

    /** The same key, while nothing obeys it. */
    Key<T> notYetEffective() {
        return new Key<>(path, unit, many, fallback, false, meaning);
    }

    /** The same key of one principal. */
    Key<T> of(String name) {
        return new Key<>(
                path.replace(ConfigTable.NAME, name), unit, many, fallback, effective, meaning);
    }
}
