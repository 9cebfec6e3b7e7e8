package dev.keyhole.gateway.syslog;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Who gets the messages. Immutable.
 *
 * @param tls makes the connection secret and checks who answers; absent for plain TCP
 * @param name that the certificate must have
 */
public record Receiver(String host, int port, Optional<SSLSocketFactory> tls, String name) {
    /** As a config writes it. */
    @Override
    public String toString() {
        return (tls.isPresent() ? "tls://" : "tcp://") + host + ":" + port;
    }
}
