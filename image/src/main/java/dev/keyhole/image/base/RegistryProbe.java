package dev.keyhole.image.base;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks a registry whether it is there, before jib does, which would try for 40 to 70 s and cannot be told not to.
 * What a registry answered is remembered, a failure is not: one probe is for one command. Thread-safe; blocks its thread
 * until the deadline at most.
 */
public final class RegistryProbe {
    /** In all, for every attempt together. */
    public static final Duration DEADLINE = Duration.ofSeconds(12);

    private final boolean insecure;
    private final Duration deadline;
    private final Map<String, Reach> answered = new ConcurrentHashMap<>();

    /** @param insecure whether the person accepts plain HTTP and certificates that nobody vouches for */
    public RegistryProbe(boolean insecure) {
        this(insecure, DEADLINE);
    }

    RegistryProbe(boolean insecure, Duration deadline) {
        this.insecure = insecure;
        this.deadline = deadline;
    }

    /**
     * How to speak to it.
     *
     * @param registry host, or host and port
     * @throws ImageFailure (4) when it does not answer, or not in a way that can be trusted; (3) when it speaks plain
     *     HTTP and that was not allowed
     */
    public Reach probe(String registry) throws ImageFailure {
        Reach known = answered.get(registry);
        if (known != null) {
            return known;
        }
        Reach found = find(registry);
        answered.put(registry, found);
        return found;
    }

    private Reach find(String registry) throws ImageFailure {
        long end = System.nanoTime() + deadline.toNanos();
        var client = HttpClient.newBuilder().connectTimeout(deadline).build();
        try {
            return tls(client, registry, end);
        } catch (SSLException notTrusted) {
            return withoutTrust(client, registry, end, notTrusted);
        } catch (IOException unreachable) {
            if (insecure && !registry.contains(":")) {
                return plain(client, registry, end);
            }
            throw unreachable(registry, unreachable);
        } finally {
            client.shutdownNow();
        }
    }

    private static Reach tls(HttpClient client, String registry, long end)
            throws IOException, ImageFailure {
        ask(client, "https", registry, end);
        return Reach.VERIFIED;
    }

    private Reach withoutTrust(HttpClient client, String registry, long end, SSLException why)
            throws ImageFailure {
        if (isAboutCertificate(why)) {
            if (insecure) {
                return Reach.UNVERIFIED;
            }
            throw new ImageFailure(
                    ExitStatus.UNREACHABLE,
                    Code.REGISTRY_UNTRUSTED,
                    "No authority that this machine knows vouches for the certificate of "
                            + registry
                            + ". Add its authority to Java's trust store (JAVA_TOOL_OPTIONS="
                            + "-Djavax.net.ssl.trustStore=FILE); --insecure instead lets anybody on the"
                            + " way change the image.",
                    why);
        }
        if (!insecure && !Loopback.is(registry)) {
            throw new ImageFailure(
                    ExitStatus.REFUSED,
                    Code.REGISTRY_UNTRUSTED,
                    registry
                            + " speaks no TLS, and plain HTTP is only for registries on this machine."
                            + " Give it a certificate; --insecure instead lets anybody on the way read"
                            + " the login and change the image.",
                    why);
        }
        return plain(client, registry, end);
    }

    private static Reach plain(HttpClient client, String registry, long end) throws ImageFailure {
        try {
            ask(client, "http", registry, end);
            return Reach.PLAIN;
        } catch (IOException unreachable) {
            throw unreachable(registry, unreachable);
        }
    }

    /** Any answer will do, but that of a machine that is not well. */
    private static void ask(HttpClient client, String scheme, String registry, long end)
            throws IOException, ImageFailure {
        var request =
                HttpRequest.newBuilder(URI.create(scheme + "://" + registry + "/v2/")).build();
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status =
                    answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                            .statusCode();
            if (status >= 500) {
                throw new ImageFailure(
                        ExitStatus.UNREACHABLE,
                        Code.REGISTRY_UNREACHABLE,
                        registry + " answers with status " + status + ". Try again later.");
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io
                    ? io
                    : new IOException(failed.getCause());
        } catch (TimeoutException silent) {
            answer.cancel(true);
            throw new IOException("no answer in time", silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static ImageFailure unreachable(String registry, IOException why) {
        return new ImageFailure(
                ExitStatus.UNREACHABLE,
                Code.REGISTRY_UNREACHABLE,
                registry + " " + reason(why) + " Look at the address and at the network.",
                why);
    }

    private static String reason(IOException why) {
        if (isCausedBy(why, UnknownHostException.class)
                || isCausedBy(why, UnresolvedAddressException.class)) {
            return "is a name that nobody knows.";
        }
        if (isCausedBy(why, TimeoutException.class)
                || isCausedBy(why, HttpTimeoutException.class)) {
            return "does not answer.";
        }
        // of its own client the JDK says a refusal in no other way
        if (isCausedBy(why, ConnectException.class)) {
            return "refuses the connection.";
        }
        return "cannot be reached (" + why.getMessage() + ").";
    }

    private static boolean isAboutCertificate(Throwable why) {
        return isCausedBy(why, CertificateException.class)
                || isCausedBy(why, CertPathBuilderException.class);
    }

    private static boolean isCausedBy(Throwable why, Class<? extends Throwable> kind) {
        for (var cause = why; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
