package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.CheckedConfig;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Which home a verb is about: {@code --home} or {@code --config}, before the verb or after it. Keeps no state. */
public final class Whereabouts {
    static final String HOME = "--home";
    static final String CONFIG = "--config";

    private Whereabouts() {}

    /**
     * The home that was named, else the usual one.
     *
     * @throws CannotStart when the config that was named has problems
     */
    public static HomeLayout of(CommandSpec verb) throws CannotStart {
        Optional<Path> home = given(verb, HOME);
        Optional<Path> config = given(verb, CONFIG);
        if (home.isPresent() && config.isPresent()) {
            throw new ParameterException(
                    verb.commandLine(), "Name the door by --home or by --config, not by both.");
        }
        if (config.isPresent()) {
            return configured(config.get());
        }
        Path chosen =
                home.orElseGet(
                        () -> Homes.usual(System.getenv(), System.getProperty("user.name", "")));
        return new HomeLayout(chosen.toAbsolutePath());
    }

    private static HomeLayout configured(Path file) throws CannotStart {
        CheckedConfig checked = CheckedConfig.of(file);
        if (!checked.problems().isEmpty()) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    String.join("\n", checked.problems())
                            + "\nThe config does not tell where the door is; correct it, or name its --home.");
        }
        return new HomeLayout(checked.config().home());
    }

    /** The value of an option at any place of the line. */
    private static Optional<Path> given(CommandSpec verb, String option) {
        Optional<Path> found = Optional.empty();
        for (CommandSpec at = verb; at != null; at = at.parent()) {
            OptionSpec spec = at.optionsMap().get(option);
            Path value = spec == null ? null : spec.getValue();
            if (value != null && found.isPresent() && !found.get().equals(value)) {
                throw new ParameterException(
                        verb.commandLine(), option + " is given twice, with different values.");
            }
            if (value != null) {
                found = Optional.of(value);
            }
        }
        return found;
    }
}
