package dev.keyhole.image.base;

import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.cache.CacheCorruptedException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.image.json.UnknownManifestFormatException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one sentence, with the next move, what jib's many exceptions mean. */
public final class RegistryFailure {
    private static final int NO_SUCH = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private final String reference;

    private RegistryFailure(String reference) {
        this.reference = reference;
    }

    /**
     * What a person should read when reading or pushing {@code reference} failed.
     *
     * @param why as jib threw it; the first of its causes that says something is told
     */
    public static ImageFailure of(String reference, Throwable why) {
        var failure = new RegistryFailure(reference);
        for (var cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImageFailure known) {
                return known;
            }
            var said = failure.said(cause);
            if (said.isPresent()) {
                return new ImageFailure(said.get().status, said.get().code, said.get().text, why);
            }
        }
        return new ImageFailure(
                ExitStatus.FAILED,
                Code.BASE_UNREADABLE,
                reference + " cannot be handled: " + firstLine(root(why)) + ". Try again.",
                why);
    }

    private record Said(ExitStatus status, Code code, String text) {}

    private Optional<Said> said(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case RegistryUnauthorizedException no -> login();
                    case RegistryCredentialsNotSentException no -> login();
                    case RegistryAuthenticationFailedException no when !causedByNetwork(no) ->
                            login();
                    case ResponseException answer -> answered(answer.getStatusCode());
                    case UnknownManifestFormatException other ->
                            unreadable(
                                    "has a manifest of an unknown kind ("
                                            + firstLine(other)
                                            + "). Push it again by a newer tool.");
                    case CacheCorruptedException damaged ->
                            unreadable(
                                    "has damaged layers in the cache. Remove ~/.cache/keyhole/images and"
                                            + " run it again.");
                    case UnknownCompression zstd ->
                            unreadable(
                                    "has layers compressed by "
                                            + zstd.getMessage()
                                            + ". Push it again with gzip layers.");
                    case SSLException untrusted -> unreachable("speaks no TLS that can be trusted");
                    case UnknownHostException unknown -> unreachable("has a name nobody knows");
                    case SocketTimeoutException silent -> unreachable("stopped answering");
                    case SocketException broken -> unreachable("broke off the connection");
                    case IOException full when isDiskFull(full) ->
                            new Said(
                                    ExitStatus.FAILED,
                                    Code.DISK_LOW,
                                    "The disk is full. Free space, or let XDG_CACHE_HOME name a bigger disk;"
                                            + " what was half there is removed.");
                    default -> null;
                });
    }

    private Said answered(int status) {
        if (status == TOO_MANY) {
            return unreachable("allows no more requests for now");
        }
        if (status >= SERVER_ERRORS) {
            return unreachable("answers with status " + status);
        }
        if (status == 401 || status == 403) {
            return login();
        }
        return new Said(
                ExitStatus.FAILED,
                Code.IMAGE_UNKNOWN,
                "There is no "
                        + reference
                        + (status == NO_SUCH ? "" : " (status " + status + ")")
                        + ". Look at its name and its tags.");
    }

    private Said login() {
        var host = References.host(reference);
        return new Said(
                ExitStatus.REFUSED,
                Code.REGISTRY_REFUSED,
                "The registry does not give "
                        + reference
                        + " to this login (or there is no such image). Log in by `docker login "
                        + host
                        + "` or `podman login "
                        + host
                        + "`, and look at the name.");
    }

    private Said unreachable(String what) {
        return new Said(
                ExitStatus.UNREACHABLE,
                Code.REGISTRY_UNREACHABLE,
                "The registry of " + reference + " " + what + ". Try again later.");
    }

    private Said unreadable(String what) {
        return new Said(ExitStatus.FAILED, Code.BASE_UNREADABLE, reference + " " + what);
    }

    private static boolean causedByNetwork(Throwable no) {
        return no.getCause() instanceof IOException
                && !(no.getCause() instanceof ResponseException);
    }

    /** The JDK says it only in words; ENOSPC and EDQUOT. */
    private static boolean isDiskFull(IOException failure) {
        var text = String.valueOf(failure.getMessage());
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }

    private static Throwable root(Throwable why) {
        var root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable why) {
        var text = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
        return text.isBlank() ? why.getClass().getSimpleName() : text.strip();
    }
}
