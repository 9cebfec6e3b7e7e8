package dev.keyhole.client;

import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the door did not open a forward.
 *
 * @param code the door's word code; empty where another SSH server answered
 * @param mayPass whether the service may just not be listening yet
 */
record ForwardRefusal(String code, String text, ExitStatus status, boolean mayPass) {
    private static final Pattern CODED = Pattern.compile("([A-Z][A-Z0-9_]{2,40}): (.*)");

    static ForwardRefusal of(String reason, String text) {
        Matcher coded = CODED.matcher(text);
        if (coded.matches()) {
            return new ForwardRefusal(
                    coded.group(1), coded.group(2), statusOf(coded.group(1)), false);
        }
        return switch (reason) {
            case "connect failed" ->
                    new ForwardRefusal(
                            "", "Nothing answers there: " + text + ".", ExitStatus.FAILED, true);
            case "administratively prohibited" ->
                    new ForwardRefusal(
                            "",
                            "The server does not allow this forward (" + text + ").",
                            ExitStatus.REFUSED,
                            false);
            default -> new ForwardRefusal("", reason + ": " + text, ExitStatus.FAILED, false);
        };
    }

    /** A code that a disconnect or a refused forward carries; a door newer than this client may send unknown ones. */
    static ExitStatus statusOf(String code) {
        return switch (code) {
            case "WORKSPACE_FAILED",
                    "SERVICE_NOT_READY",
                    "AUDIT_UNAVAILABLE",
                    "PROTOCOL_VIOLATION" ->
                    ExitStatus.FAILED;
            case "DRAINING", "IDLE_PEER", "KEX_TIMEOUT", "LOGIN_TIMEOUT" -> ExitStatus.UNREACHABLE;
            default -> ExitStatus.REFUSED;
        };
    }

    /** An ending for a disconnect reason such as {@code DRAINING: The door is closing.} */
    static Ending disconnected(String text) {
        Matcher coded = CODED.matcher(text);
        return coded.matches()
                ? new Ending(statusOf(coded.group(1)), text, nextMove(coded.group(1)))
                : new Ending(
                        ExitStatus.UNREACHABLE,
                        "The door ended the connection: " + text,
                        "Try again.");
    }

    Ending ending(Service service) {
        String said = code.isEmpty() ? service.name() + ": " + text : code + ": " + text;
        return new Ending(
                status,
                said,
                code.isEmpty()
                        ? "Start it on the other side. A server that is not a Keyhole door knows no service names:"
                                + " give a port there, for example 8888."
                        : nextMove(code));
    }

    private static String nextMove(String code) {
        for (Code known : Code.values()) {
            if (known.name().equals(code)) {
                return known.nextMove();
            }
        }
        return "Ask the operator, who finds the reason under that code in the door's audit.";
    }
}
