package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What each principal may use, where that differs from the config: one file of lines of a name and a value, beside the
 * workspaces' other records, so that a start needs nobody who remembers it.
 */
public final class LimitRecords {
    private final HomeLayout layout;

    public LimitRecords(HomeLayout layout) {
        this.layout = layout;
    }

    /** @throws IOException when it is damaged: then no limit is known, and that must not mean none */
    public Resources of(PrincipalName owner) throws IOException {
        Path file = file(owner);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Resources.UNSAID;
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 2);
            if (words.length == 2) {
                values.put(words[0], words[1]);
            }
        }
        try {
            return new Resources(
                    values.containsKey("memory")
                            ? OptionalLong.of(Long.parseLong(values.get("memory")))
                            : OptionalLong.empty(),
                    Optional.ofNullable(values.get("cpus")).map(BigDecimal::new),
                    values.containsKey("pids")
                            ? OptionalInt.of(Integer.parseInt(values.get("pids")))
                            : OptionalInt.empty(),
                    Optional.ofNullable(values.get("gpus")).map(Gpus::parse));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Its directory must exist. */
    public void write(PrincipalName owner, Resources resources) throws IOException {
        StringBuilder text = new StringBuilder();
        resources.memoryBytes().ifPresent(bytes -> line(text, "memory", bytes));
        resources.cpus().ifPresent(cpus -> line(text, "cpus", cpus.toPlainString()));
        resources.pids().ifPresent(pids -> line(text, "pids", pids));
        resources.gpus().ifPresent(gpus -> line(text, "gpus", gpus));
        WrittenWhole.write(file(owner), text.toString(), "rw-------");
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private Path file(PrincipalName owner) {
        return layout.workspaceRun(owner).resolve("limits");
    }
}
