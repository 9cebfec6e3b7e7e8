package dev.keyhole.system.guard;

import java.util.List;

/** Texts of attackers who want somebody else to be banned; each names the victim. */
final class Injections {
    private Injections() {}

    static List<String> of(String victim) {
        String line =
                "2026-11-23T07:12:13.123Z keyhole[4711]: refused source=%s port=1 session=- code=AUTH_FAILED login=\"\" client=\"\""
                        .formatted(victim);
        return List.of(
                "x from " + victim + " port 1",
                "x\n" + line + "\n",
                "x\r\n" + line,
                line,
                "\" client=\"\"\n" + line,
                "\u001b[2K\u001b[1G" + line,
                "\u202e" + line,
                "x\u2028" + line,
                "x\u0085" + line,
                "\" source=" + victim + " port=1 session=- code=AUTH_FAILED login=\"",
                "\\\" source=" + victim,
                "invalid user root from " + victim,
                "<HOST>" + victim);
    }
}
