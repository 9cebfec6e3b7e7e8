package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.config.HomeLayout;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --home DIR} or {@code --config FILE}, for a verb about a home whose door need not run. */
@SuppressWarnings("UnusedVariable") // read through the parser, which also sees them before the verb
final class HomeOrConfigOption {
    @Option(
            names = Whereabouts.HOME,
            paramLabel = "DIR",
            description = "The home. Default: that of `keyhole up`.")
    private @Nullable Path home;

    @Option(
            names = Whereabouts.CONFIG,
            paramLabel = "FILE",
            description = "The config of the door, in place of --home.")
    private @Nullable Path config;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    HomeLayout layout() throws CannotStart {
        return Whereabouts.of(Objects.requireNonNull(mixee));
    }
}
