package dev.keyhole.image.base;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;

/** Whether a base is for the architecture that was asked for. */
final class Architectures {
    private Architectures() {}

    /** @throws ImageFailure (1) when it is for another */
    static void check(String reference, String found, String asked) throws ImageFailure {
        if (!found.equals(asked)) {
            throw new ImageFailure(
                    ExitStatus.FAILED,
                    Code.BASE_ARCHITECTURE,
                    reference
                            + " is for "
                            + (found.isEmpty() ? "an architecture that it does not name" : found)
                            + ", not for "
                            + asked
                            + ". Name a base for "
                            + asked
                            + ", or ask for the other by --arch.");
        }
    }
}
