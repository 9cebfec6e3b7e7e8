package dev.keyhole.gateway.ssh;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a connection tries before its login. It belongs to the connection and not to MINA's authentication
 * service, because a client replaces that one at will by repeating SERVICE_REQUEST.
 *
 * <p>Not thread-safe: used in the order of the messages.
 */
final class LoginTries {
    /** As OpenSSH's MaxAuthTries. The question which methods exist ({@code none}, once) is free, as there. */
    static final int MOST = 6;

    private @Nullable String login;
    private @Nullable String service;
    private boolean askedNone;
    private boolean lastIsFree;
    private int failures;
    private String lastReason = "no key was accepted";

    /** Notes a USERAUTH_REQUEST; empty when it is in order, else the rule that it breaks. */
    Optional<String> request(String newLogin, String newService, String method) {
        if (login != null && (!login.equals(newLogin) || !newService.equals(service))) {
            return Optional.of("change of user name or service");
        }
        login = newLogin;
        service = newService;
        if (!newService.equals("ssh-connection")) {
            return Optional.of("login for the service " + newService);
        }
        lastIsFree = method.equals("none") && !askedNone;
        askedNone |= lastIsFree;
        lastReason = method.equals("publickey") ? lastReason : "method " + method;
        return Optional.empty();
    }

    /** Notes an answered failure; true when it was one too many. */
    boolean failedOnceTooOften() {
        if (!lastIsFree) {
            failures++;
        }
        return failures >= MOST;
    }

    void because(String reason) {
        lastReason = reason;
    }

    /** The login name as the client typed it; empty before the first request. */
    String login() {
        return login == null ? "" : login;
    }

    int failures() {
        return failures;
    }

    String lastReason() {
        return lastReason;
    }
}
