package dev.keyhole.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that {@code keyhole open} was asked for, checked.
 *
 * @param locals the local ports asked for, first for the first service; shorter than services where free ones may do
 * @param acceptHostKey the only host key fingerprint to accept, where the person has it from elsewhere
 * @param unattended whether nobody is there to answer a prompt
 */
public record OpenRequest(
        Destination destination,
        List<Service> services,
        List<Integer> locals,
        Optional<Path> key,
        Optional<String> acceptHostKey,
        boolean unattended) {
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    public OpenRequest {
        services = services.isEmpty() ? List.of(Service.parse("jupyter")) : List.copyOf(services);
        locals = List.copyOf(locals);
        locals.forEach(Ports::checked);
        if (locals.size() > services.size()) {
            throw new BadArgument(
                    "More --local ports than services. Name a service for each, for example:"
                            + " keyhole open HOST jupyter tensorboard --local 8000 --local 6006.");
        }
        if (locals.stream().distinct().count() < locals.size()) {
            throw new BadArgument("The same --local port twice. Each service needs its own.");
        }
        if (services.stream().distinct().count() < services.size()) {
            throw new BadArgument("The same service twice. Name each once.");
        }
        key.ifPresent(OpenRequest::checkKey);
        if (acceptHostKey.isPresent() && !FINGERPRINT.matcher(acceptHostKey.get()).matches()) {
            throw new BadArgument(
                    "Not a fingerprint: "
                            + BadArgument.quoted(acceptHostKey.get())
                            + ". Expected SHA256: and 43 letters, as `keyhole up` prints it on the machine.");
        }
    }

    private static void checkKey(Path key) {
        String path = key.toString();
        if (path.indexOf('%') >= 0
                || path.contains("${")
                || path.chars().anyMatch(Character::isISOControl)) {
            throw new BadArgument(
                    "A key file's path may not hold '%', '${' or control characters: "
                            + BadArgument.quoted(path)
                            + ". Rename the file or add the key with ssh-add.");
        }
        if (!Files.isReadable(key) || Files.isDirectory(key)) {
            throw new BadArgument(
                    "No readable key file at "
                            + BadArgument.quoted(path)
                            + ". Make one with ssh-keygen -t ed25519.");
        }
    }
}
