package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.workspace.Activity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an inner door's {@code keyhole status --json} says about its services' work. Whose workspace it is may write what he
 * likes into it: at most his own container then runs longer than others, or ends sooner. Pure.
 */
final class InnerStatus {
    static final Activity NOTHING = new Activity(0, 0, 0, true);

    private static final Pattern ANY = Pattern.compile("\"idle\"\\s*:\\s*\\{");
    private static final Pattern UNKNOWN = Pattern.compile("\"what\"\\s*:\\s*\"unknown\"");

    private InnerStatus() {}

    static Activity activity(String status) {
        if (!ANY.matcher(status).find() || UNKNOWN.matcher(status).find()) {
            return Activity.UNKNOWN;
        }
        return new Activity(
                count("busy-kernels", status),
                count("terminals", status),
                count("browsers", status),
                true);
    }

    private static int count(String what, String status) {
        Matcher found =
                Pattern.compile(
                                "\"what\"\\s*:\\s*\""
                                        + what
                                        + "\"\\s*,\\s*\"count\"\\s*:\\s*(\\d{1,6})")
                        .matcher(status);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
