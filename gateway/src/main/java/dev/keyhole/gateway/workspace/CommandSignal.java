package dev.keyhole.gateway.workspace;

import java.util.Arrays;
import java.util.Optional;

/** The signals that SSH has names for (RFC 4254, section 6.10), with their numbers on Linux (signal(7)). */
public enum CommandSignal {
    HUP(1),
    INT(2),
    QUIT(3),
    ILL(4),
    ABRT(6),
    FPE(8),
    KILL(9),
    USR1(10),
    SEGV(11),
    USR2(12),
    PIPE(13),
    ALRM(14),
    TERM(15);

    private final int number;

    CommandSignal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** By its name without {@code SIG}; empty for one that SSH does not know. */
    public static Optional<CommandSignal> of(String name) {
        return Arrays.stream(values()).filter(signal -> signal.name().equals(name)).findFirst();
    }

    /** How SSH names a number; one without a name of its own gets a local one, as the RFC asks for. */
    public static String nameOf(int number) {
        return Arrays.stream(values())
                .filter(signal -> signal.number == number)
                .map(CommandSignal::name)
                .findFirst()
                .orElse("SIG" + number + "@keyhole.dev");
    }
}
