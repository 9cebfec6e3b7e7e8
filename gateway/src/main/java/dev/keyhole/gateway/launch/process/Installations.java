package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Remembers which installation a workspace uses: one file of lines {@code WORD VALUE}, written when all of it is there,
 * so that half an installation never counts. It lies where only the launcher's user may write. Thread-safe.
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
            return Optional.of(parse(Files.readAllLines(file)))
                    .filter(found -> Files.exists(found.python()) && !found.jupyter().isEmpty());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Installation parse(List<String> lines) {
        List<String> jupyter = new ArrayList<>();
        SequencedMap<String, String> versions = new LinkedHashMap<>();
        Path python = Path.of("");
        Path bin = Path.of("");
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "jupyter" -> jupyter.add(words[1]);
                case "python" -> python = Path.of(words[1]);
                case "bin" -> bin = Path.of(words[1]);
                case "version" ->
                        versions.put(
                                words[1].split(" ")[0],
                                words[1].substring(words[1].indexOf(' ') + 1));
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new Installation(jupyter, python, bin, versions);
    }

    void remember(PrincipalName owner, Installation found) throws IOException {
        List<String> lines = new ArrayList<>();
        found.jupyter().forEach(word -> lines.add("jupyter " + word));
        lines.add("python " + found.python());
        lines.add("bin " + found.bin());
        found.versions().forEach((name, version) -> lines.add("version " + name + " " + version));
        WrittenWhole.write(file(owner), String.join("\n", lines) + "\n", "rw-------");
    }

    /** As if nothing had been remembered: what is installed may have changed under the same names. */
    public void forget(PrincipalName owner) throws IOException {
        Files.deleteIfExists(file(owner));
    }

    private Path file(PrincipalName owner) {
        return layout.workspaceRun(owner).resolve("installation");
    }
}
