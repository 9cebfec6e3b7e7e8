package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.ConfigReader;
import dev.keyhole.gateway.config.ConfigReading;
import dev.keyhole.gateway.config.Problem;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A config file that was read together with the keys that it lists or names. */
public final class CheckedConfig {
    private final @Nullable Config config;
    private final @Nullable ConfiguredKeys keys;
    private final List<String> problems;
    private final List<String> notices;

    private CheckedConfig(
            Path file,
            @Nullable Config config,
            @Nullable ConfiguredKeys keys,
            List<Problem> problems,
            List<Problem> notices) {
        this.config = config;
        this.keys = keys;
        this.problems = problems.stream().map(problem -> problem.in(file.toString())).toList();
        this.notices = notices.stream().map(notice -> notice.in(file.toString())).toList();
    }

    /** @throws CannotStart when the file cannot be read at all */
    public static CheckedConfig of(Path file) throws CannotStart {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return switch (new ConfigReader().read(text(file), directory)) {
            case ConfigReading.Valid(Config config, List<Problem> notices) -> {
                ConfiguredKeys keys = ConfiguredKeys.of(config);
                List<Problem> all = new ArrayList<>(notices);
                all.addAll(keys.notices());
                yield new CheckedConfig(
                        file,
                        keys.inlined(config),
                        keys,
                        Stream.concat(
                                        keys.problems().stream(),
                                        ConfiguredFiles.problems(config.audit()).stream())
                                .sorted()
                                .toList(),
                        all.stream().sorted().toList());
            }
            case ConfigReading.Invalid(List<Problem> problems) ->
                    new CheckedConfig(file, null, null, problems, List.of());
        };
    }

    private static String text(Path file) throws CannotStart {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CannotStart(ExitStatus.FAILED, file + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    file
                            + (Files.exists(file) ? " cannot be read" : " does not exist")
                            + ". Name the config with --config FILE.",
                    e);
        }
    }

    /** {@code FILE:LINE: text}; when there are any, there is no config. */
    public List<String> problems() {
        return problems;
    }

    /** What is understood and has no effect, or was skipped. */
    public List<String> notices() {
        return notices;
    }

    /** Problems, then notices. */
    public Stream<String> everything() {
        return Stream.concat(problems.stream(), notices.stream());
    }

    /** The config with every usable key in it; only without {@link #problems}. */
    public Config config() {
        return Objects.requireNonNull(config);
    }

    /** The usable keys of each principal; only without {@link #problems}. */
    SortedMap<PrincipalName, List<AuthorizedKey>> keys() {
        return Objects.requireNonNull(keys).keys();
    }
}
