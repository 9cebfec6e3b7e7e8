package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which installation a workspace uses: one file, written when all of it is there, so that half an
 * installation never counts. Only the launcher's user may write it.
 */
public final class Installations {
    private final HomeLayout layout;

    public Installations(HomeLayout layout) {
        this.layout = layout;
    }

    /** What was remembered, if its Python is still there. */
    public Optional<Installation> of(PrincipalName owner) {
        Path file = file(owner);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new HashMap<>();
            Files.readAllLines(file)
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        values.put(
                                line.substring(0, Math.max(space, 0)), line.substring(space + 1));
                    });
            var installation =
                    new Installation(
                            List.of(values.getOrDefault("jupyter", "").split("\t")),
                            Path.of(values.getOrDefault("python", "")),
                            Path.of(values.getOrDefault("bin", "")),
                            values.getOrDefault("tensorboard", "").equals("true"),
                            values.getOrDefault("versions", ""));
            return Optional.of(installation).filter(found -> Files.exists(found.python()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void remember(PrincipalName owner, Installation found) throws IOException {
        String text =
                """
                jupyter %s
                python %s
                bin %s
                tensorboard %s
                versions %s
                """
                        .formatted(
                                String.join("\t", found.jupyter()),
                                found.python(),
                                found.bin(),
                                found.tensorboard(),
                                found.versions());
        WrittenWhole.write(file(owner), text, "rw-------");
    }

    private Path file(PrincipalName owner) {
        return layout.workspaceRun(owner).resolve("installation");
    }
}
