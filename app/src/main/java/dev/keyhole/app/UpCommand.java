package dev.keyhole.app;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.boot.Background;
import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.DefaultPrincipal;
import dev.keyhole.gateway.boot.KeyDiscovery;
import dev.keyhole.gateway.boot.PersonalKeys;
import dev.keyhole.gateway.boot.ProgressLine;
import dev.keyhole.gateway.boot.ThisMachine;
import dev.keyhole.gateway.boot.Up;
import dev.keyhole.gateway.boot.UpRequest;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyhole up}: reads the command line and hands it to {@link Up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens the door to this machine's notebook for your keys; no config needed.",
            "Prints the command for your laptop when ready. Ctrl-C closes the door; the notebook keeps running.",
            ""
        },
        footerHeading = "%nExit status:%n",
        footer = "  0 done, 1 failed, 2 usage, 3 no usable key, 6 port taken")
final class UpCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Option(
            names = "--listen",
            paramLabel = "ADDR",
            defaultValue = "0.0.0.0",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "2222",
            description = "The SSH port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--advertise",
            paramLabel = "HOST",
            description = "The host in the printed command. Default: what your ssh login reached.")
    private @Nullable String advertise;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The principal's name. Default: your user name.")
    private @Nullable String as;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Let in the public keys of this file; may be repeated. Default: ~/.ssh/*.pub and ~/.ssh/authorized_keys.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--rsa-min",
            paramLabel = "BITS",
            defaultValue = "3072",
            description =
                    "Accept RSA keys from that size on; below 3072 is weak. Default: ${DEFAULT-VALUE}.")
    private int rsaMin;

    @Option(
            names = "--ban-exempt",
            paramLabel = "RANGE",
            description =
                    "Never refuse connections of that address or range for earlier failures; may be repeated.")
    private List<String> exemptRanges = new ArrayList<>();

    @Option(names = "--tensorflow", description = "Install TensorFlow for the notebook.")
    private boolean tensorflow;

    @Option(names = "--background", description = "Go on in the background, and return when ready.")
    private boolean background;

    @Option(names = "--json", description = "Print one JSON line when ready.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotStart {
        HomeLayout layout = home.layout();
        ProgressLine progress = Terminal.progress();
        KeyRules rules = checked(() -> new KeyRules(rsaMin, ZoneId.systemDefault()));
        ListenAddress address = checked(() -> ListenAddress.of(listen, port));
        PrincipalName name = checked(this::principal);
        Optional<String> host = checked(this::advertised);
        List<AddressBlock> exempt =
                checked(() -> exemptRanges.stream().map(AddressBlock::parse).toList());
        DoorLog.to(layout.doorLog());
        if (Up.isAnswered(layout, json, System.out, progress)) {
            return ExitStatus.DONE.number();
        }
        KeyDiscovery.Found found =
                keys.isEmpty()
                        ? PersonalKeys.find(
                                Homes.person(System.getenv()), System.getenv("SUDO_USER"), rules)
                        : KeyDiscovery.named(keys, rules);
        if (found.usable().isEmpty()) {
            throw KeyDiscovery.nothingUsable(found);
        }
        found.notes().forEach(progress::say);
        if (rsaMin < KeyRules.USUAL_RSA_MIN) {
            progress.say(
                    "Warning: RSA keys from "
                            + rsaMin
                            + " bits on are accepted, as you asked; they are weak.");
        }
        Up up =
                new Up(
                        new UpRequest(
                                layout.home(),
                                address,
                                host,
                                name,
                                found.usable(),
                                tensorflow,
                                rsaMin,
                                exempt,
                                Optional.empty()),
                        new ThisMachine(),
                        json,
                        System.out,
                        progress);
        return (background ? up.runInBackground(new Background(foreground())) : up.run()).number();
    }

    private PrincipalName principal() {
        return as == null
                ? DefaultPrincipal.of(
                        Optional.ofNullable(System.getenv("SUDO_USER")),
                        System.getProperty("user.name", ""))
                : new PrincipalName(as);
    }

    /** It becomes part of a command that people paste, so it may hold nothing that a shell understands. */
    private Optional<String> advertised() {
        if (advertise != null
                && !advertise.matches("[A-Za-z0-9]([A-Za-z0-9._:%-]*[A-Za-z0-9])?|[0-9a-fA-F:]+")) {
            throw new IllegalArgumentException(
                    "'" + advertise + "' is no host name or address for --advertise");
        }
        return Optional.ofNullable(advertise);
    }

    private <T> T checked(java.util.function.Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<String> foreground() {
        return commandLine().getParent().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.equals("--background"))
                .toList();
    }

    private picocli.CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
