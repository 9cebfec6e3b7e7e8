package dev.keyhole.image.base;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins that people already have: the config of docker and of podman, with the helpers that it names, then the
 * helpers that clouds bring. Nothing is kept. Thread-safe.
 */
public final class RegistryCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryCredentials.class);

    private final Map<String, String> environment;

    /** @param environment of this process: it names the files, and the helpers inherit it */
    public RegistryCredentials(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** In the order in which they are asked; the same for reading a base and for pushing. */
    public List<CredentialRetriever> retrievers(ImageReference reference) {
        var factory =
                CredentialRetrieverFactory.forImage(
                        reference, event -> LOG.debug("{}", event.getMessage()), environment);
        var retrievers = new ArrayList<CredentialRetriever>();
        files().forEach(file -> retrievers.add(factory.dockerConfig(file)));
        retrievers.add(factory.wellKnownCredentialHelpers());
        return retrievers;
    }

    /** The first login for a registry, if there is one. */
    Optional<Credential> login(ImageReference reference) throws ImageFailure {
        for (var retriever : retrievers(reference)) {
            try {
                var found = retriever.retrieve();
                if (found.isPresent()) {
                    return found;
                }
            } catch (CredentialRetrievalException broken) {
                var cause = broken.getCause() == null ? broken : broken.getCause();
                throw new ImageFailure(
                        ExitStatus.REFUSED,
                        Code.REGISTRY_REFUSED,
                        "The logins for registries cannot be read ("
                                + cause.getMessage()
                                + "). Look at "
                                + files().getFirst()
                                + ".",
                        broken);
            }
        }
        return Optional.empty();
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        named("REGISTRY_AUTH_FILE").ifPresent(files::add);
        named("DOCKER_CONFIG").ifPresent(folder -> files.add(folder.resolve("config.json")));
        var home = named("HOME").orElse(Path.of(System.getProperty("user.home")));
        files.add(home.resolve(".docker/config.json"));
        named("XDG_RUNTIME_DIR").ifPresent(run -> files.add(run.resolve("containers/auth.json")));
        files.add(home.resolve(".config/containers/auth.json"));
        return files;
    }

    private Optional<Path> named(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
