package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.keyhole.gateway.workspace.TerminalModes;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * Sets a {@code struct termios} of Linux (termios(3)) to what a client's terminal is set to (RFC 4254, section 8). Speeds
 * and parity say nothing about a terminal without a wire and are left alone. Pure.
 */
final class PtyModes {
    /** Bytes of a struct termios: four words of flags, a discipline, 32 letters, two speeds. */
    static final long SIZE = 60;

    private static final int INPUT = 0;
    private static final int OUTPUT = 4;
    private static final int LOCAL = 12;
    private static final int LETTERS = 17;

    /** The client has no letter for it; on Linux a letter 0 means that. */
    private static final int NO_LETTER = 255;

    private record Flag(int word, int bit) {}

    /** Opcode to the place of a letter in {@code c_cc}. */
    private static final Map<Integer, Integer> LETTER_PLACES =
            Map.ofEntries(
                    Map.entry(1, 0), // VINTR
                    Map.entry(2, 1), // VQUIT
                    Map.entry(3, 2), // VERASE
                    Map.entry(4, 3), // VKILL
                    Map.entry(5, 4), // VEOF
                    Map.entry(6, 11), // VEOL
                    Map.entry(7, 16), // VEOL2
                    Map.entry(8, 8), // VSTART
                    Map.entry(9, 9), // VSTOP
                    Map.entry(10, 10), // VSUSP
                    Map.entry(12, 12), // VREPRINT
                    Map.entry(13, 14), // VWERASE
                    Map.entry(14, 15), // VLNEXT
                    Map.entry(18, 13)); // VDISCARD

    private static final Map<Integer, Flag> FLAGS =
            Map.ofEntries(
                    Map.entry(30, new Flag(INPUT, 04)), // IGNPAR
                    Map.entry(31, new Flag(INPUT, 010)), // PARMRK
                    Map.entry(32, new Flag(INPUT, 020)), // INPCK
                    Map.entry(33, new Flag(INPUT, 040)), // ISTRIP
                    Map.entry(34, new Flag(INPUT, 0100)), // INLCR
                    Map.entry(35, new Flag(INPUT, 0200)), // IGNCR
                    Map.entry(36, new Flag(INPUT, 0400)), // ICRNL
                    Map.entry(37, new Flag(INPUT, 01000)), // IUCLC
                    Map.entry(38, new Flag(INPUT, 02000)), // IXON
                    Map.entry(39, new Flag(INPUT, 04000)), // IXANY
                    Map.entry(40, new Flag(INPUT, 010000)), // IXOFF
                    Map.entry(41, new Flag(INPUT, 020000)), // IMAXBEL
                    Map.entry(42, new Flag(INPUT, 040000)), // IUTF8 (RFC 8160)
                    Map.entry(50, new Flag(LOCAL, 01)), // ISIG
                    Map.entry(51, new Flag(LOCAL, 02)), // ICANON
                    Map.entry(52, new Flag(LOCAL, 04)), // XCASE
                    Map.entry(53, new Flag(LOCAL, 010)), // ECHO
                    Map.entry(54, new Flag(LOCAL, 020)), // ECHOE
                    Map.entry(55, new Flag(LOCAL, 040)), // ECHOK
                    Map.entry(56, new Flag(LOCAL, 0100)), // ECHONL
                    Map.entry(57, new Flag(LOCAL, 0200)), // NOFLSH
                    Map.entry(58, new Flag(LOCAL, 0400)), // TOSTOP
                    Map.entry(59, new Flag(LOCAL, 0100000)), // IEXTEN
                    Map.entry(60, new Flag(LOCAL, 01000)), // ECHOCTL
                    Map.entry(61, new Flag(LOCAL, 04000)), // ECHOKE
                    Map.entry(62, new Flag(LOCAL, 040000)), // PENDIN
                    Map.entry(70, new Flag(OUTPUT, 01)), // OPOST
                    Map.entry(71, new Flag(OUTPUT, 02)), // OLCUC
                    Map.entry(72, new Flag(OUTPUT, 04)), // ONLCR
                    Map.entry(73, new Flag(OUTPUT, 010)), // OCRNL
                    Map.entry(74, new Flag(OUTPUT, 020)), // ONOCR
                    Map.entry(75, new Flag(OUTPUT, 040))); // ONLRET

    private PtyModes() {}

    /** What is not mentioned, or not known, stays as it is. */
    static void apply(TerminalModes modes, MemorySegment termios) {
        modes.values()
                .forEach((opcode, value) -> {
                    Integer letter = LETTER_PLACES.get(opcode);
                    Flag flag = FLAGS.get(opcode);
                    if (letter != null) {
                        int set = (value & 0xff) == NO_LETTER ? 0 : value;
                        termios.set(JAVA_BYTE, LETTERS + letter, (byte) set);
                    } else if (flag != null) {
                        int word = termios.get(JAVA_INT, flag.word());
                        int changed = value == 0 ? word & ~flag.bit() : word | flag.bit();
                        termios.set(JAVA_INT, flag.word(), changed);
                    }
                });
    }
}
