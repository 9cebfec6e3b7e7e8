package dev.keyhole.gateway.metrics;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a request of HTTP/1.1 as is needed here (RFC 9112).
 *
 * @param path without its query
 * @param closes whether the client wants no more of this connection
 * @param hasBody whether bytes follow that are not looked at, so that nobody knows where the next request begins
 */
record HttpRequest(String method, String path, boolean closes, boolean hasBody) {
    /** Bytes of a request with its last empty line. */
    static final int LONGEST = 8 * 1024;

    private static final Pattern LINE = Pattern.compile("([A-Z]{1,16}) (/[!-~]*) HTTP/1\\.([01])");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");

    /** @param head without its last empty line; empty when that is no request */
    static Optional<HttpRequest> parse(String head) {
        String[] lines = head.split("\r\n", -1);
        Matcher start = LINE.matcher(lines[0]);
        if (!start.matches()) {
            return Optional.empty();
        }
        boolean closes = start.group(3).equals("0");
        boolean hasBody = false;
        for (int i = 1; i < lines.length; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (!field.matches()) {
                return Optional.empty();
            }
            String value = field.group(2).strip().toLowerCase(Locale.ROOT);
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "connection" -> closes |= value.contains("close");
                case "content-length" -> hasBody |= !value.equals("0");
                case "transfer-encoding" -> hasBody = true;
                default -> {} // none of our business
            }
        }
        String target = start.group(2);
        int query = target.indexOf('?');
        return Optional.of(
                new HttpRequest(
                        start.group(1),
                        query < 0 ? target : target.substring(0, query),
                        closes,
                        hasBody));
    }
}
