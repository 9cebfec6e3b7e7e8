package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What one source has coming to it. Used by its table only, and under its lock. */
final class Penalty {
    private final SourceGroup source;
    private final long serial;
    private final int[] offences = new int[Offence.values().length];
    private long endNanos;
    private @Nullable Incident incident; // since it is enforced

    Penalty(SourceGroup source, long serial, long endNanos) {
        this.source = source;
        this.serial = serial;
        this.endNanos = endNanos;
    }

    /** The one that ends first comes first; of two that end together the older one. */
    static int sooner(Penalty one, Penalty other) {
        long apart = one.endNanos - other.endNanos; // never Long.compare: nanoTime may overflow
        return apart != 0 ? Long.signum(apart) : Long.compare(one.serial, other.serial);
    }

    SourceGroup source() {
        return source;
    }

    void count(Offence offence) {
        offences[offence.ordinal()]++;
    }

    void endsAt(long nanos) {
        endNanos = nanos;
    }

    long leftAt(long nanos) {
        return endNanos - nanos;
    }

    void enforce(Incident as) {
        incident = as;
    }

    @Nullable Incident incident() {
        return incident;
    }

    /** {@code 3 auth-failed, 1 no-auth}. */
    String counts() {
        StringJoiner text = new StringJoiner(", ");
        Arrays.stream(Offence.values())
                .filter(offence -> offences[offence.ordinal()] > 0)
                .forEach(offence -> text.add(offences[offence.ordinal()] + " " + offence.word()));
        return text.toString();
    }
}
