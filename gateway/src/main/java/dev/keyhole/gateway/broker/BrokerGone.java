package dev.keyhole.gateway.broker;

/** The privileged process does not answer. Services that run go on; nothing can be started or stopped. */
public final class BrokerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerGone(Throwable cause) {
        super(
                "Keyhole's privileged process does not answer. Restart keyhole; what runs goes on until then.",
                cause);
    }
}
