package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.workspace.IsolationPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One file for each workspace whose walls stand or may stand half: lines of a word, a space and a value. It lies where
 * only the launcher's user may write.
 */
final class WallRecords {
    private static final String NAME = "walls";

    private final HomeLayout layout;

    WallRecords(HomeLayout layout) {
        this.layout = layout;
    }

    /** Where a workspace's record lies; {@code run} is its directory of records. */
    static Path file(Path run) {
        return run.resolve(NAME);
    }

    Optional<Walls> read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readAllLines(file)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Every workspace's of this home, also what was built only to try. */
    List<Walls> all() throws IOException {
        List<Walls> found = new ArrayList<>();
        read(file(layout.run())).ifPresent(found::add);
        if (Files.isDirectory(layout.workspaces())) {
            try (var workspaces = Files.newDirectoryStream(layout.workspaces())) {
                for (Path workspace : workspaces) {
                    read(file(workspace.resolve("run"))).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    void write(Path file, Walls walls) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "id", walls.id());
        line(text, "boot-id", walls.bootId());
        line(text, "pid", walls.pid());
        line(text, "start-time", walls.startTime());
        line(text, "scratch", walls.scratch());
        walls.network().ifPresent(index -> line(text, "network", index));
        walls.groups().forEach(group -> line(text, "group", group));
        walls.gpus().forEach(gpu -> line(text, "gpu", gpu));
        walls.missing().forEach(part -> line(text, "missing", part.word() + " " + part.why()));
        WrittenWhole.write(file, text.toString(), "rw-------");
    }

    private static void line(StringBuilder text, String word, Object value) {
        text.append(word).append(' ').append(String.valueOf(value).replace('\n', ' ')).append('\n');
    }

    private static Walls parse(List<String> lines) throws IOException {
        Map<String, String> values = new HashMap<>();
        List<Path> groups = new ArrayList<>();
        List<Path> gpus = new ArrayList<>();
        List<IsolationPart> missing = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words.length < 2) {
                throw new IOException("no value in '" + line + "'");
            }
            switch (words[0]) {
                case "group" -> groups.add(Path.of(words[1]));
                case "gpu" -> gpus.add(Path.of(words[1]));
                case "missing" -> {
                    String[] part = words[1].split(" ", 2);
                    missing.add(IsolationPart.missing(part[0], part.length > 1 ? part[1] : ""));
                }
                default -> values.put(words[0], words[1]);
            }
        }
        String network = values.get("network");
        return new Walls(
                value(values, "id"),
                value(values, "boot-id"),
                Long.parseLong(value(values, "pid")),
                Long.parseLong(value(values, "start-time")),
                Path.of(value(values, "scratch")),
                network == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(network)),
                groups,
                gpus,
                missing);
    }

    private static String value(Map<String, String> values, String name) throws IOException {
        String value = values.get(name);
        if (value == null) {
            throw new IOException("no " + name);
        }
        return value;
    }
}
