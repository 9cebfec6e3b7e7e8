package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseImage;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.RegistryFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The same image as text, for people who must build in a pipeline of their own. Used by one thread. */
public final class Dockerfile {
    private static final String CONTEXT = "keyhole";

    private final Kit kit;
    private final BuildListener listener;

    public Dockerfile(Kit kit, BuildListener listener) {
        this.kit = kit;
        this.listener = listener;
    }

    /**
     * The text; and where a directory is named, the text and every file that it copies there.
     *
     * @param from a base in a registry; one in a file can be no {@code FROM}
     * @param context an empty or missing directory
     * @throws ImageFailure as {@link ImageBuild#build}
     */
    public String write(String from, String architecture, Optional<Path> context)
            throws ImageFailure {
        if (BaseReader.isFile(from)) {
            throw refused("A Dockerfile's base is in a registry, and " + from + " is a file.");
        }
        listener.step("reading " + from);
        BaseImage base = new BaseReader(kit.access()).read(from, architecture);
        try {
            try (Drafts drafts = Drafts.make()) {
                Prepared prepared = Prepared.of(base, kit, drafts.directory(), listener);
                String text = text(prepared);
                if (context.isPresent()) {
                    copy(prepared, context.get());
                    Files.writeString(context.get().resolve("Dockerfile"), text);
                }
                return text;
            }
        } catch (IOException e) {
            throw RegistryFailure.of(from, e);
        }
    }

    private static void copy(Prepared prepared, Path context) throws IOException, ImageFailure {
        if (Files.exists(context) && !isEmpty(context)) {
            throw refused(context + " is not empty. Name another directory.");
        }
        for (String layer : List.of(Prepared.JAVA, Prepared.DOOR)) {
            for (Placed one : prepared.layers().getOrDefault(layer, List.of())) {
                Path to =
                        context.resolve(CONTEXT)
                                .resolve(one.path().substring(ProgramFiles.ROOT.length() + 1));
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(one.source(), to, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(
                        to,
                        PosixFilePermissions.fromString(
                                (one.mode() & 0111) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private String text(Prepared prepared) {
        BaseImage base = prepared.base();
        String reference = base.reference().replaceAll("@sha256:.*", "");
        return """
        # A Keyhole workspace, as `keyhole image build` makes it. The files in %1$s/ come from
        #   keyhole image dockerfile --from %2$s --context DIR
        # and the image from
        #   podman build -t IMAGE DIR
        FROM %2$s@%3$s
        USER 0
        COPY --chown=0:0 %1$s/ %4$s/
        RUN grep -q '^[^:]*:[^:]*:%5$d:' /etc/group || echo '%6$s:x:%5$d:' >> /etc/group; \\
            grep -q '^[^:]*:[^:]*:%5$d:' /etc/passwd || echo '%7$s' >> /etc/passwd; \\
            mkdir -p %8$s %9$s; chown %5$d:%5$d %8$s %9$s; chmod 0700 %8$s %9$s; \\
            find / -xdev -perm /6000 \\( -type f -o -type d \\) -exec chmod ug-s {} +
        %10$s
        %11$s
        VOLUME %9$s
        EXPOSE %12$d
        WORKDIR /
        USER %5$d:%5$d
        ENTRYPOINT %13$s
        CMD %14$s
        """
                .formatted(
                        CONTEXT,
                        reference,
                        base.digest(),
                        ProgramFiles.ROOT,
                        People.ID,
                        prepared.people().name(),
                        prepared.people().line(),
                        People.HOME,
                        People.STATE,
                        words("ENV", prepared.recipe().environment()),
                        words("LABEL", prepared.recipe().labels()),
                        Recipe.PORT,
                        array(ProgramFiles.entrypoint()),
                        array(Recipe.COMMAND));
    }

    private static String words(String instruction, Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry ->
                        entry.getKey()
                                + "=\""
                                + entry.getValue()
                                        .replace("\\", "\\\\")
                                        .replace("\"", "\\\"")
                                        .replace("$", "\\$")
                                + "\"")
                .collect(Collectors.joining(" \\\n    ", instruction + " ", ""));
    }

    private static String array(List<String> words) {
        return words.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }

    private static ImageFailure refused(String text) {
        return new ImageFailure(ExitStatus.USAGE, Code.IMAGE_NOT_BUILT, text);
    }
}
