package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.Located;
import dev.keyhole.gateway.config.Problem;
import dev.keyhole.gateway.syslog.Authorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the files are there that a config names for the audit. Used by one thread. */
final class ConfiguredFiles {
    private final List<Problem> problems = new ArrayList<>();

    private ConfiguredFiles() {}

    static List<Problem> problems(Config.Audit config) {
        ConfiguredFiles files = new ConfiguredFiles();
        config.syslog().flatMap(Config.Syslog::ca).ifPresent(files::authorities);
        config.checkpoints().file().ifPresent(files::appendedTo);
        config.checkpoints().command().stream().findFirst().ifPresent(files::program);
        return files.problems;
    }

    private void authorities(Located<Path> file) {
        try {
            Authorities.of(file.value());
        } catch (IOException e) {
            problem(file, "syslog-ca", String.valueOf(e.getMessage()));
        }
    }

    private void appendedTo(Located<Path> file) {
        Path directory = file.value().getParent();
        if (directory == null || Files.isDirectory(file.value())) {
            problem(file, "checkpoint-file", file.value() + " is a directory; name a file in it");
        } else if (!Files.isDirectory(directory)) {
            problem(file, "checkpoint-file", "there is no directory " + directory);
        }
    }

    private void program(Located<String> program) {
        Path file = Path.of(program.value());
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            problem(program, "checkpoint-command", file + " is no program that can be run");
        }
    }

    private void problem(Located<?> value, String key, String text) {
        problems.add(new Problem(value.line(), "`audit." + key + "`: " + text));
    }
}
