package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TensorBoard on a unix socket, by a script of ours; it knows only TCP by itself. */
public final class TensorBoardProgram implements ServiceProgram {
    private static final String SCRIPT = "tensorboard_on_socket.py";

    private final Installations installations;
    private final String hostnames;
    private final String logdir;

    /** @param logdir where runs are written; relative to the workspace's home unless absolute */
    public TensorBoardProgram(
            Installations installations, Collection<ServiceName> services, String logdir) {
        this.installations = installations;
        this.hostnames =
                Stream.concat(Stream.of("localhost"), services.stream().map(ServiceName::value))
                        .distinct()
                        .collect(Collectors.joining(","));
        this.logdir = logdir;
    }

    @Override
    public Command command(ServicePlace place) throws LaunchFailure {
        Installation installation =
                installations
                        .of(place.owner())
                        .filter(found -> found.tensorboard() || wasAddedLater(found))
                        .orElseThrow(() ->
                                new LaunchFailure(
                                        "TensorBoard is not installed. Run in a notebook: %pip install tensorboard; or start with"
                                                + " `keyhole up --tensorflow`.",
                                        List.of()));
        return new Command(
                List.of(
                        installation.python().toString(),
                        script(place.programs()).toString(),
                        place.socket().toString(),
                        place.socketMode(),
                        hostnames,
                        place.home().resolve(logdir).toString()),
                Map.of(),
                List.of(installation.bin()));
    }

    /** {@code %pip install tensorboard} in a notebook. */
    private static boolean wasAddedLater(Installation installation) {
        Path lib = installation.bin().resolveSibling("lib");
        try (var pythons = Files.newDirectoryStream(lib, "python3*")) {
            for (Path python : pythons) {
                if (Files.isDirectory(python.resolve("site-packages/tensorboard"))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path script(Path directory) throws LaunchFailure {
        Path script = directory.resolve(SCRIPT);
        try {
            WrittenWhole.copyResource(SCRIPT, script);
            return script;
        } catch (IOException e) {
            throw new LaunchFailure(script + " cannot be written: " + e.getMessage(), List.of());
        }
    }
}
