package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What an engine cannot be asked: which services of a container are wanted, and the name of a principal's volume. Each is a
 * small file of the home; what names a container that is no more counts for nothing. Thread-safe as far as one principal is
 * handled by one thread.
 */
final class ContainerRecords {
    private static final String WANTED = "in-container-";
    private static final String VOLUME = "volume";

    private final HomeLayout layout;

    ContainerRecords(HomeLayout layout) {
        this.layout = layout;
    }

    /** From now on that service counts as started in that container. */
    void want(PrincipalName owner, ServiceName service, String container) throws IOException {
        write(wanted(owner, service), container);
    }

    void forget(PrincipalName owner, ServiceName service) throws IOException {
        Files.deleteIfExists(wanted(owner, service));
    }

    /** Which of these count as started in that container. */
    List<ServiceName> wanted(
            PrincipalName owner, Collection<ServiceName> services, String container)
            throws IOException {
        List<ServiceName> found = new java.util.ArrayList<>();
        for (ServiceName service : services) {
            if (read(wanted(owner, service)).filter(container::equals).isPresent()) {
                found.add(service);
            }
        }
        return found;
    }

    /**
     * The name of the principal's volume, made up once: somebody of the same name who comes later gets another one.
     *
     * @param prefix of containers and volumes of that principal
     */
    String volume(PrincipalName owner, String prefix) throws IOException {
        Path file = layout.workspaceRun(owner).resolve(VOLUME);
        Optional<String> known = read(file);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String made = prefix + "-" + HexFormat.of().formatHex(random);
        write(file, made);
        return made;
    }

    /** The volume of somebody who is nobody any more; its name is noted among what was removed. */
    Optional<String> giveUpVolume(PrincipalName owner) throws IOException {
        Path file = layout.workspaceRun(owner).resolve(VOLUME);
        Optional<String> known = read(file);
        if (known.isPresent()) {
            Files.createDirectories(layout.removed());
            Files.writeString(layout.removed().resolve(known.get() + ".volume"), owner + "\n");
            Files.deleteIfExists(file);
        }
        return known;
    }

    private Path wanted(PrincipalName owner, ServiceName service) {
        return layout.workspaceRun(owner).resolve(WANTED + service);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.createDirectories(file.getParent());
        Files.writeString(draft, text + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
