package dev.keyhole.gateway.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to believe about certificates of receivers: those of a file and nobody else, or those of the JDK. */
public final class Authorities {
    private Authorities() {}

    /** @throws IOException with a sentence for the operator */
    public static SSLSocketFactory trusting(Optional<Path> file) throws IOException {
        @Nullable KeyStore store =
                file.isPresent() ? of(file.get()) : null; // null: those of the JDK
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** @throws IOException with a sentence for the operator when there is no certificate in it */
    public static KeyStore of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : found) {
                store.setCertificateEntry("ca-" + store.size(), one);
            }
            return store;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate in PEM form", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(file + " cannot be read; check its name and rights", e);
        }
    }
}
