package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JupyterLab on a unix socket: no token, because the key and the private socket are the credential; kernels reached by
 * sockets in the private runtime directory, because a port on loopback is open to every user of the machine.
 *
 * <p>Python kernels only: one of another language, or one that the person installed, follows the transport but may open
 * ports of its own.
 */
public final class JupyterProgram implements ServiceProgram {
    private final Installations installations;
    private final String hostnames;

    /** @param services whose names a browser may use as the host, as in {@code http://jupyter:8888} */
    public JupyterProgram(Installations installations, Collection<ServiceName> services) {
        this.installations = installations;
        this.hostnames =
                Stream.concat(Stream.of("localhost"), services.stream().map(ServiceName::value))
                        .distinct()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public Command command(ServicePlace place) throws LaunchFailure {
        Installation installation =
                installations
                        .of(place.owner())
                        .orElseThrow(() ->
                                new LaunchFailure(
                                        "JupyterLab is not installed for "
                                                + place.owner()
                                                + " yet. Run `keyhole up` again.",
                                        List.of()));
        String server = installation.classic() ? "--NotebookApp." : "--ServerApp.";
        String token =
                installation.classic() ? "--NotebookApp.token=" : "--IdentityProvider.token=";
        String root = installation.classic() ? "notebook_dir=" : "root_dir=";
        List<String> arguments = new ArrayList<>(installation.jupyter());
        arguments.addAll(
                List.of(
                        "--no-browser",
                        server + "sock=" + place.socket(),
                        server + "sock_mode=" + place.socketMode(),
                        server + root + place.home(),
                        server + "local_hostnames=" + hostnames,
                        server + "allow_remote_access=False",
                        server + "password=",
                        server + "quit_button=False",
                        token,
                        "--KernelManager.transport=ipc"));
        return new Command(
                arguments, environment(place, installation), List.of(installation.bin()));
    }

    private static Map<String, String> environment(ServicePlace place, Installation installation)
            throws LaunchFailure {
        Map<String, String> variables = new TreeMap<>();
        variables.put("JUPYTER_RUNTIME_DIR", place.runtime().toString());
        try {
            removeLeftovers(place.runtime());
            if (installation.versions().containsKey("ipykernel")) {
                variables.put(
                        "JUPYTER_PATH",
                        new KernelFiles(place.programs()).install(installation).toString());
            }
            return variables;
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The kernel's files cannot be written: " + e.getMessage(), List.of());
        }
    }

    /** What a killed server and its kernels left: nobody else uses these names, and they would pile up. */
    private static void removeLeftovers(Path runtime) throws IOException {
        try (var left = Files.newDirectoryStream(runtime, "{kernel,jpserver,nbserver}-*")) {
            for (Path file : left) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
