package dev.keyhole.app.image;

import dev.keyhole.image.ImageCache;
import dev.keyhole.image.base.PullListener;
import dev.keyhole.image.base.RegistryAccess;
import dev.keyhole.image.base.RegistryCredentials;
import dev.keyhole.image.base.RegistryProbe;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What every verb that speaks to a registry can be told. */
final class RegistryOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The architecture of the image: amd64, arm64. Default: this machine's.")
    private String architecture = ofMachine();

    @Option(
            names = "--insecure",
            description = {
                "Speak plain HTTP, and accept certificates that nobody vouches for.",
                "Without it plain HTTP is only for registries on this machine."
            })
    private boolean insecure;

    String architecture() {
        return architecture;
    }

    RegistryAccess access(PullListener listener) {
        var environment = System.getenv();
        return new RegistryAccess(
                ImageCache.ofUser(environment),
                new RegistryCredentials(environment),
                new RegistryProbe(insecure),
                listener);
    }

    /** As images name it. */
    private static String ofMachine() {
        var name = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
