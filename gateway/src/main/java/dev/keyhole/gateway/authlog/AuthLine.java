package dev.keyhole.gateway.authlog;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.wire.Code;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * How a line of the log looks, without its end:
 *
 * <pre>
 * 2026-11-23T07:12:13.123Z keyhole[4711]: refused source=192.0.2.7 port=50122 session=c-9vkd2m4-0001 code=AUTH_FAILED login="ada" client="SSH-2.0-x"
 * 2026-11-23T07:12:23.123Z keyhole[4711]: refused source=192.0.2.7 port=0 session=- code=AUTH_FAILED count=512 login="" client=""
 * 2026-11-23T07:12:23.123Z keyhole[4711]: refused source=many port=0 session=- code=MANY count=100000 login="" client=""
 * </pre>
 *
 * <p>Times are UTC. The session is the one that the audit names too; who was turned away before any has none. The second form counts what one source did beyond the lines that it got, with the last code; the third
 * what sources did for which there was no room.
 */
final class AuthLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final long pid;

    AuthLine(long pid) {
        this.pid = pid;
    }

    String one(Refused refused) {
        return start(refused.at())
                + refused.address()
                + " port="
                + refused.source().port()
                + " session="
                + refused.session().map(SessionId::value).orElse("-")
                + " code="
                + refused.code()
                + " login="
                + QuotedText.of(refused.login())
                + " client="
                + QuotedText.of(refused.client());
    }

    String counted(Instant at, String address, Code last, long count) {
        return start(at)
                + address
                + " port=0 session=- code="
                + last
                + " count="
                + count
                + " login=\"\" client=\"\"";
    }

    String countedFromMany(Instant at, long count) {
        return start(at)
                + "many port=0 session=- code=MANY count="
                + count
                + " login=\"\" client=\"\"";
    }

    private String start(Instant at) {
        return TIME.format(at) + " keyhole[" + pid + "]: refused source=";
    }
}
