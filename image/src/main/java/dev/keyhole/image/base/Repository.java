package dev.keyhole.image.base;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One repository of a registry that answers: manifests, configs, layers. The registry was reached by a {@link
 * RegistryProbe} before jib speaks to it, and the person's login is used only where the registry asks for one.
 * Thread-safe once {@link #manifest} was asked for.
 */
final class Repository implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repository.class);
    private static final String OS = "linux";

    private final ImageReference reference;
    private final RegistryCredentials credentials;
    private final Reach reach;
    private final FailoverHttpClient http;
    private RegistryClient client;
    private Optional<Credential> login = Optional.empty();

    private Repository(ImageReference reference, RegistryCredentials credentials, Reach reach) {
        this.reference = reference;
        this.credentials = credentials;
        this.reach = reach;
        this.http =
                new FailoverHttpClient(
                        reach.insecure(), reach.insecure(), event -> log(event.getMessage()));
        this.client = client(Optional.empty());
    }

    /** @throws ImageFailure (4) when the registry does not answer within the probe's deadline */
    static Repository open(ImageReference reference, RegistryAccess access) throws ImageFailure {
        var reach = access.probe().probe(reference.getRegistry());
        return new Repository(reference, access.credentials(), reach);
    }

    /**
     * The manifest behind a tag or digest, for an architecture.
     *
     * @throws ImageFailure (1) no such image, or not for that architecture; (3) login refused; (4) unreachable
     */
    Manifest manifest(String qualifier, String architecture) throws ImageFailure {
        try {
            try {
                return pull(qualifier, architecture);
            } catch (RegistryUnauthorizedException asked) {
                logIn();
                return pull(qualifier, architecture);
            }
        } catch (IOException | RegistryException failed) {
            throw RegistryFailure.of(name(qualifier), failed);
        }
    }

    private void logIn() throws ImageFailure, IOException, RegistryException {
        login = credentials.login(reference);
        client = client(login);
        if (!client.doPullBearerAuth() && login.isPresent()) {
            client.configureBasicAuth();
        }
    }

    private Manifest pull(String qualifier, String architecture)
            throws IOException, RegistryException, ImageFailure {
        var top = client.pullManifest(qualifier);
        var asked = top.getDigest().toString();
        return switch (top.getManifest()) {
            case BuildableManifestTemplate image -> new Manifest(asked, asked, image);
            case ManifestListTemplate index -> {
                var digests = index.getDigestsForPlatform(architecture, OS);
                if (digests.isEmpty()) {
                    throw new ImageFailure(
                            ExitStatus.FAILED,
                            Code.BASE_ARCHITECTURE,
                            name(qualifier)
                                    + " is there for several architectures, but not for "
                                    + architecture
                                    + ". Name a base for it, or ask for another by --arch.");
                }
                var chosen =
                        client.pullManifest(digests.getFirst(), BuildableManifestTemplate.class);
                yield new Manifest(digests.getFirst(), asked, chosen.getManifest());
            }
            default ->
                    throw new ImageFailure(
                            ExitStatus.FAILED,
                            Code.BASE_UNREADABLE,
                            name(qualifier)
                                    + " has a manifest of schema 1, which no tool writes any more. Push"
                                    + " it again by a newer tool.");
        };
    }

    /** The config that a manifest names, as it is written. */
    byte[] config(Manifest manifest) throws ImageFailure {
        try {
            var config = manifest.template().getContainerConfiguration();
            if (config == null || config.getDigest() == null) {
                throw new IOException("its manifest names no config");
            }
            return Blobs.writeToByteArray(
                    client.pullBlob(config.getDigest(), size -> {}, count -> {}));
        } catch (IOException failed) {
            throw RegistryFailure.of(name(manifest.digest()), failed);
        }
    }

    /** The tags beside it; empty where the registry does not tell them. */
    Optional<List<String>> tags() {
        return TagList.of(reference, reach, login);
    }

    /** A layer, downloaded when it is written out. */
    Blob layer(DescriptorDigest digest, Consumer<Long> size, Consumer<Long> received) {
        return client.pullBlob(digest, size, received);
    }

    String name(String qualifier) {
        return reference.withQualifier(qualifier).toStringWithQualifier();
    }

    private RegistryClient client(Optional<Credential> credential) {
        return RegistryClient.factory(
                        EventHandlers.builder()
                                .add(LogEvent.class, event -> log(event.getMessage()))
                                .build(),
                        reference.getRegistry(),
                        reference.getRepository(),
                        http)
                .setCredential(credential.orElse(null))
                .setUserAgent("keyhole")
                .newRegistryClient();
    }

    private static void log(String message) {
        LOG.debug("{}", message);
    }

    @Override
    public void close() {
        try {
            http.shutDown();
        } catch (IOException open) {
            LOG.debug("a connection to {} could not be closed", reference, open);
        }
    }
}
