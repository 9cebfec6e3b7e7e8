package dev.keyhole.app;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.config.HomeLayout;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --home DIR}, the same for every verb that works on a home. */
final class HomeOption {
    @Option(
            names = Whereabouts.HOME,
            paramLabel = "DIR",
            description =
                    "Where everything is kept. Default: /var/lib/keyhole for root, else ~/.local/share/keyhole.")
    @SuppressWarnings(
            "UnusedVariable") // read through the parser, which also sees it before the verb
    private @Nullable Path home;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    HomeLayout layout() throws CannotStart {
        return Whereabouts.of(Objects.requireNonNull(mixee));
    }
}
