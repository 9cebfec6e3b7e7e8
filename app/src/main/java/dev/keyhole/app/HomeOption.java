package dev.keyhole.app;

import dev.keyhole.gateway.config.HomeLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home DIR}, the same for every verb that works on a home. */
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Where everything is kept. Default: /var/lib/keyhole for root, else ~/.local/share/keyhole.")
    private @Nullable Path home;

    HomeLayout layout() {
        Path chosen =
                home == null
                        ? Homes.usual(System.getenv(), System.getProperty("user.name", ""))
                        : home;
        return new HomeLayout(chosen.toAbsolutePath());
    }
}
