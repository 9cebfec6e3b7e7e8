package dev.keyhole.gateway.control;

import java.time.Instant;
import java.util.List;

/**
 * A live session as an operator sees it; the members of a document are named after these.
 *
 * @param id names it in the audit and in thread names
 * @param principal who is logged in
 * @param source the remote address
 * @param since when the login was on disk
 * @param client the version string that the client sent; untrusted
 * @param key fingerprint of the key that it logged in with
 * @param login the login name that the client sent; untrusted
 * @param forwards what its open forwards reach, one entry for each
 * @param bytesIn of its channels, from the client
 * @param bytesOut of its channels, to the client
 * @param idleSeconds since anything passed on its channels
 */
public record SessionView(
        String id,
        String principal,
        String source,
        Instant since,
        String client,
        String key,
        String login,
        List<String> forwards,
        long bytesIn,
        long bytesOut,
        long idleSeconds) {}
