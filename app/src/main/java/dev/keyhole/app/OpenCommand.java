package dev.keyhole.app;

import dev.keyhole.client.BadArgument;
import dev.keyhole.client.Browser;
import dev.keyhole.client.Destination;
import dev.keyhole.client.OpenRequest;
import dev.keyhole.client.Opening;
import dev.keyhole.client.Screen;
import dev.keyhole.client.Service;
import dev.keyhole.client.TunnelFiles;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyhole open}: reads the command line and hands it to the client. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens your notebook, or another service of your workspace, on this computer.",
            "It drives the system's ssh, so your agent, security keys, jump hosts and ~/.ssh/config work. "
                    + "It waits until the service answers, opens the browser, and reconnects when the network "
                    + "comes back. Ctrl-C ends it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keyhole open gpu.example.org                     your notebook, port 2222",
            "  keyhole open ada@gpu.example.org:22 --local 9000 other ports there and here",
            "  keyhole open gpu.example.org jupyter tensorboard two services at once",
            "  keyhole open gpu.example.org 5000 --no-browser   your own server on port 5000",
            "  keyhole open gpu.example.org --background        outlives this terminal",
            "",
            "Exit status: 0 ended by you, 1 failed, 2 usage, 3 refused, 4 unreachable,",
            "5 host key changed, 6 local port taken. The same with stock ssh:",
            "  ssh -N -L 8000:jupyter:8888 -p 2222 keyhole@gpu.example.org"
        })
final class OpenCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "[USER@]HOST[:PORT]",
            description = "The door. ~/.ssh/config applies; without it user keyhole and port 2222.")
    private String destination = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "SERVICE",
            description =
                    "jupyter (default), tensorboard, another service's name, or a port of your own.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--local",
            paramLabel = "PORT",
            description =
                    "The port on this computer; once for each service. Default: 8000, or the next free one.")
    private List<Integer> locals = new ArrayList<>();

    @Option(names = "--no-browser", description = "Only print the address.")
    private boolean noBrowser;

    @Option(
            names = "--background",
            description = "Go on in the background once the service is ready.")
    private boolean background;

    @Option(
            names = {"-i", "--key"},
            paramLabel = "KEY",
            description = "Log in with this key, not with those of the agent.")
    private @Nullable Path key;

    @Option(
            names = "--accept-host-key",
            paramLabel = "SHA256:…",
            description = "Trust the door only if its host key has this fingerprint, for this run.")
    private @Nullable String acceptHostKey;

    @Option(names = "--json", description = "Print one JSON line when ready.")
    private boolean json;

    @Option(
            names = "--unattended",
            hidden = true,
            description = "Nobody is there to answer a prompt.")
    private boolean unattended;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        boolean onTerminal = Terminal.isInteractive();
        Screen screen = new Screen(commandLine.getOut(), commandLine.getErr(), onTerminal);
        OpenRequest request;
        try {
            request =
                    new OpenRequest(
                            Destination.parse(destination),
                            services.stream().map(Service::parse).toList(),
                            locals,
                            Optional.ofNullable(key),
                            Optional.ofNullable(acceptHostKey),
                            unattended || !canAsk(onTerminal));
        } catch (BadArgument e) {
            screen.say("keyhole: " + e.getMessage() + "\nTry 'keyhole open --help'.");
            return ExitStatus.USAGE.number();
        }
        Opening opening =
                new Opening(
                        request,
                        new Opening.Wishes(!noBrowser, json),
                        screen,
                        new Browser(System.getenv(), System.getProperty("os.name", "")),
                        new TunnelFiles(
                                System.getenv(), Path.of(System.getProperty("user.home", "/"))));
        Thread interrupted = new Thread(() -> endBySignal(opening), "end of the tunnel");
        Runtime.getRuntime().addShutdownHook(interrupted);
        ExitStatus status = background ? opening.inBackground(itself()) : opening.inForeground();
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException e) {
            // The signal came first: its thread says the last word.
            return ExitStatus.DONE.number();
        }
        return status.number();
    }

    /** Ctrl-C is how a person ends a tunnel, so it is not a failure. */
    private static void endBySignal(Opening opening) {
        opening.end();
        Runtime.getRuntime().halt(ExitStatus.DONE.number());
    }

    /** {@code ssh} asks on the controlling terminal, wherever our own output goes. */
    private static boolean canAsk(boolean onTerminal) {
        Path terminal = Path.of("/dev/tty");
        if (!Files.exists(terminal)) {
            return onTerminal;
        }
        try (var opened = Files.newInputStream(terminal)) {
            return opened != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The start of a command line that runs this program again. */
    private static List<String> itself() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Keyhole.class.getName());
    }
}
