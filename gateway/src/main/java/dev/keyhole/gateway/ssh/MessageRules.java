package dev.keyhole.gateway.ssh;

import org.jspecify.annotations.Nullable;

/**
 * Which SSH message may come when. MINA lets through much that the RFCs forbid; this says no before MINA looks.
 *
 * <p>Pure and not thread-safe: one per connection, called in the order of the messages.
 */
final class MessageRules {
    private static final int DISCONNECT = 1;
    private static final int DEBUG = 4;
    private static final int SERVICE_REQUEST = 5;
    private static final int EXT_INFO = 7;
    private static final int KEXINIT = 20;
    private static final int NEWKEYS = 21;
    private static final int FIRST_KEX_METHOD = 30;
    private static final int LAST_KEX_METHOD = 49;
    private static final int USERAUTH_REQUEST = 50;
    private static final int FIRST_CONNECTION = 80;

    /** IGNORE, UNIMPLEMENTED, DEBUG and repeated service requests: paramiko repeats one for each failed key. */
    private static final int MOST_FILLERS_BEFORE_LOGIN = 32;

    /** Key exchanges that the client asks for although hardly a byte went by; each costs us milliseconds. */
    private static final int MOST_IDLE_REKEYS = 16;

    /** Stock ssh with RekeyLimit=256k asks again after some 40 KB already. */
    private static final long BYTES_THAT_EARN_A_REKEY = 16 * 1024;

    private boolean keysInUse;
    private boolean clientKexOpen;
    private int fillersBeforeLogin;
    private int idleRekeys;
    private long bytesAtLastKexinit;

    /**
     * Judges the next message.
     *
     * @param message its number
     * @param authenticated whether the login is done
     * @param bytes how many bytes of payload this connection has carried so far, both ways
     * @return the broken rule, or null when the message is fine
     */
    @Nullable String broken(int message, boolean authenticated, long bytes) {
        if (message == DISCONNECT) {
            return null;
        }
        if (clientKexOpen || !keysInUse) {
            return duringKeyExchange(message, bytes);
        }
        if (message == KEXINIT) {
            return kexinit(bytes);
        }
        return authenticated ? afterLogin(message) : beforeLogin(message);
    }

    /**
     * RFC 4253, section 7.1: between its KEXINIT and its NEWKEYS a client sends nothing but the key exchange. Holding it
     * to that leaves no room for Terrapin (CVE-2023-48795) nor for floods behind a rekey that never ends.
     */
    private @Nullable String duringKeyExchange(int message, long bytes) {
        if (message == KEXINIT && !clientKexOpen) {
            return kexinit(bytes);
        }
        if (message == NEWKEYS && clientKexOpen) {
            clientKexOpen = false;
            keysInUse = true;
            return null;
        }
        if (clientKexOpen && message >= FIRST_KEX_METHOD && message <= LAST_KEX_METHOD) {
            return null;
        }
        return "message " + message + " during a key exchange";
    }

    private @Nullable String kexinit(long bytes) {
        clientKexOpen = true;
        if (keysInUse) {
            boolean earned = bytes - bytesAtLastKexinit >= BYTES_THAT_EARN_A_REKEY;
            idleRekeys = earned ? 0 : idleRekeys + 1;
            if (idleRekeys > MOST_IDLE_REKEYS) {
                return "key exchanges without traffic";
            }
        }
        bytesAtLastKexinit = bytes;
        return null;
    }

    /** RFC 4252, section 6: a message of the connection protocol before the login ends the connection. */
    private @Nullable String beforeLogin(int message) {
        if (message == USERAUTH_REQUEST || message == EXT_INFO) {
            return null;
        }
        if (message <= DEBUG || message == SERVICE_REQUEST) {
            fillersBeforeLogin++;
            return fillersBeforeLogin <= MOST_FILLERS_BEFORE_LOGIN
                    ? null
                    : "too many messages without a login";
        }
        return "message " + message + " before the login";
    }

    private static @Nullable String afterLogin(int message) {
        if (message <= DEBUG || message == EXT_INFO || message >= FIRST_CONNECTION) {
            return null;
        }
        // RFC 4252, section 5.1: requests that were under way when the login succeeded are ignored.
        return message == USERAUTH_REQUEST ? null : "message " + message + " after the login";
    }
}
