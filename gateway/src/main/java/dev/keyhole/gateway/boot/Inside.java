package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.launch.process.Installations;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code keyhole inside}: the first program of our images, as an ordinary user.
 *
 * <p>Where a gateway has planted a host key, this is the inner door of somebody's workspace: it listens on a unix socket
 * and on nothing else, and lets in the gateway's key alone. Else it is the whole product in one container: a door on a
 * TCP port for the keys of {@value #KEYS}. Used by one thread.
 */
public final class Inside {
    static final String KEYS = "KEYHOLE_KEYS";
    static final String NAME = "KEYHOLE_AS";
    static final String PORT = "KEYHOLE_PORT";
    static final String HOST = "KEYHOLE_ADVERTISE";
    static final String SHELL = "KEYHOLE_SHELL";

    private static final int USUAL_PORT = 2222;

    private final Path state;
    private final Planted planted;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final ProgressLine progress;

    /**
     * @param state the volume that keeps everything
     * @param planted where a gateway puts what the inner door needs
     */
    public Inside(
            Path state,
            Planted planted,
            Map<String, String> environment,
            PrintStream out,
            ProgressLine progress) {
        this.state = state;
        this.planted = planted;
        this.environment = environment;
        this.out = out;
        this.progress = progress;
    }

    /** @throws CannotStart with status 3 when nobody could log in, 2 when a variable makes no sense */
    public ExitStatus run() throws CannotStart {
        if (OsUser.current().isRoot()) {
            throw new CannotStart(
                    ExitStatus.REFUSED,
                    "Notebooks do not run as root here. Start the container without --user, or with another one.");
        }
        ThisMachine ground = new ThisMachine(Surroundings.CONTAINER);
        try {
            forgetInstallations();
        } catch (IOException e) {
            throw unusable(e);
        }
        return planted.isThere() ? inner(ground) : bare(ground);
    }

    /** The image may bring another notebook than the one that this volume knew. */
    private void forgetInstallations() throws IOException {
        HomeLayout home = new HomeLayout(state);
        for (PrincipalName owner : Down.owners(home)) {
            new Installations(home).forget(owner);
        }
    }

    private CannotStart unusable(IOException e) {
        return new CannotStart(
                ExitStatus.FAILED,
                "The volume at "
                        + state
                        + " cannot be used: "
                        + e.getMessage()
                        + ". It must belong to the user "
                        + OsUser.current().uid()
                        + ".",
                e);
    }

    private ExitStatus inner(ThisMachine ground) throws CannotStart {
        try {
            HomeLayout home = new HomeLayout(state);
            new HomeDirectories(home, false, Optional.empty()).make();
            var config = planted.config(state);
            planted.placeHostKey(home);
            return new DoorKeeper(
                            "inside",
                            config,
                            ConfiguredKeys.of(config).keys(),
                            ground,
                            progress,
                            Ending.OF_THE_CONTAINER)
                    .keep(
                            false,
                            door ->
                                    progress.say(
                                            "The inner door listens, host key " + door.hostKey()));
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "What the gateway planted cannot be used: " + e.getMessage(),
                    e);
        } catch (DoorKeeper.AlreadyKept e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "Another container keeps the door of this volume. One volume is for one container.",
                    e);
        }
    }

    private ExitStatus bare(ThisMachine ground) throws CannotStart {
        KeyRules rules = new KeyRules(KeyRules.USUAL_RSA_MIN, ZoneId.systemDefault());
        KeyDiscovery.Found found =
                KeyDiscovery.lines(KEYS, environment.getOrDefault(KEYS, ""), rules);
        found.notes().forEach(progress::say);
        if (found.usable().isEmpty()) {
            throw new CannotStart(
                    ExitStatus.REFUSED,
                    """
                    There is no usable public key in %s, so nobody could log in. Nothing was started. Try

                      docker run -p 2222:2222 -v kh:/state -e %s="$(cat ~/.ssh/id_ed25519.pub)" IMAGE\
                    """
                            .formatted(KEYS, KEYS));
        }
        UpRequest request =
                new UpRequest(
                        state,
                        value(PORT, Inside::listen, String.valueOf(USUAL_PORT)),
                        Optional.of(environment.getOrDefault(HOST, "localhost")),
                        value(NAME, PrincipalName::new, "me"),
                        found.usable(),
                        false,
                        KeyRules.USUAL_RSA_MIN,
                        List.of(),
                        Optional.of(value(SHELL, Inside::allowed, "deny")));
        return new Up(request, ground, false, out, progress, Ending.OF_THE_CONTAINER).run();
    }

    private static ListenAddress listen(String port) {
        return ListenAddress.parse("0.0.0.0:" + port);
    }

    private static boolean allowed(String word) {
        return switch (word) {
            case "allow" -> true;
            case "deny" -> false;
            default ->
                    throw new IllegalArgumentException("'" + word + "' is neither allow nor deny");
        };
    }

    private <T> T value(String variable, Function<String, T> parse, String usual)
            throws CannotStart {
        try {
            return parse.apply(environment.getOrDefault(variable, usual));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(ExitStatus.USAGE, variable + ": " + e.getMessage() + ".", e);
        }
    }
}
