package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which OS user a principal's code runs as, and the door.
 *
 * <p>Started by root: {@code keyhole-NAME} and {@code keyhole}, made when absent, without password and login shell.
 * Started by anybody else: that one user for all, because nobody else can be had. Thread-safe.
 */
public final class OsUsers {
    private static final String DOOR = "keyhole";
    private static final String MARK = "Keyhole";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OsUser current;
    private final boolean separate;
    private final @Nullable UserMap map;

    private OsUsers(OsUser current, boolean separate, @Nullable UserMap map) {
        this.current = current;
        this.separate = separate;
        this.map = map;
    }

    /** The same, where root may have given principals accounts that exist. */
    public OsUsers mappedBy(UserMap accounts) {
        return new OsUsers(current, separate, accounts);
    }

    public static OsUsers ofThisProcess() {
        OsUser current = OsUser.current();
        return new OsUsers(current, current.isRoot(), null);
    }

    /** The users that root made, as its door sees them: it can look them up and make none. */
    public static OsUsers madeByRoot() {
        return new OsUsers(OsUser.current(), true, null);
    }

    /** Everybody is the user of this process, whoever that is; for tests. */
    static OsUsers shared() {
        return new OsUsers(OsUser.current(), false, null);
    }

    /** Whether every principal and the door have an own OS user. */
    public boolean separate() {
        return separate;
    }

    /**
     * The user that runs a principal's services.
     *
     * @throws LaunchFailure when root has not made it yet
     */
    public OsUser of(PrincipalName owner) throws LaunchFailure {
        if (!separate()) {
            return current;
        }
        Optional<String> account = mapped(owner);
        return account.isPresent() ? person(account.get()) : existing(nameOf(owner));
    }

    private Optional<String> mapped(PrincipalName owner) throws LaunchFailure {
        try {
            return map == null ? Optional.empty() : map.of(owner);
        } catch (IOException e) {
            throw failure("It is not known who " + owner + " runs as: " + e.getMessage());
        }
    }

    /** Whatever the map says, no code of a principal runs as root. */
    private static OsUser person(String account) throws LaunchFailure {
        OsUser user = account(account);
        if (user.isRoot() || isOurs(account)) {
            throw failure("The account " + account + " cannot be a principal's.");
        }
        return user;
    }

    /** An account of the machine. */
    static OsUser account(String name) throws LaunchFailure {
        return look(name)
                .map(Account::user)
                .orElseThrow(() -> failure("There is no account " + name + " on this machine."));
    }

    /** Whether we made that account. */
    static boolean isOurs(String name) throws LaunchFailure {
        return look(name).filter(account -> account.comment().startsWith(MARK)).isPresent();
    }

    /**
     * Removes the user that was made for a principal of this home; an account that was there before, or that another
     * home uses, stays.
     *
     * @param home the home directory that it was made with
     */
    void remove(PrincipalName owner, Path home) throws LaunchFailure {
        if (isMadeFor(owner, home)) {
            run(List.of("userdel", nameOf(owner)));
        }
    }

    /** Whether the principal has a user that was made for it, by this home. */
    boolean isMadeFor(PrincipalName owner, Path home) throws LaunchFailure {
        if (!separate() || mapped(owner).isPresent()) {
            return false;
        }
        return look(nameOf(owner))
                .filter(account -> account.comment().startsWith(MARK))
                .filter(account -> account.user().home().equals(home))
                .isPresent();
    }

    /**
     * The user that runs the door; sockets that it must reach carry its group.
     *
     * @throws LaunchFailure when root has not made it yet
     */
    public OsUser door() throws LaunchFailure {
        return separate() ? existing(DOOR) : current;
    }

    /**
     * Makes the door's user and group unless they exist.
     *
     * @throws LaunchFailure when the name is taken by an account that is not ours, or cannot be made
     */
    public OsUser ensureDoor() throws LaunchFailure {
        return separate() ? ensure(DOOR, Path.of("/nonexistent")) : current;
    }

    /**
     * Makes a principal's user and group unless they exist.
     *
     * @param home its home directory, not made here
     * @throws LaunchFailure when the name is taken by an account that is not ours, or cannot be made
     */
    public OsUser ensure(PrincipalName owner, Path home) throws LaunchFailure {
        return separate() && mapped(owner).isEmpty() ? ensure(nameOf(owner), home) : of(owner);
    }

    private static String nameOf(PrincipalName owner) {
        return DOOR + "-" + owner;
    }

    private static OsUser existing(String name) throws LaunchFailure {
        return look(name)
                .map(Account::user)
                .orElseThrow(() ->
                        failure(
                                "There is no OS user "
                                        + name
                                        + " yet. Start keyhole as root once."));
    }

    private static synchronized OsUser ensure(String name, Path home) throws LaunchFailure {
        Optional<Account> account = look(name);
        if (account.isEmpty()) {
            make(name, home);
            account = look(name);
        }
        Account ours =
                account.orElseThrow(
                        () -> failure("The OS user " + name + " was made but is not found."));
        if (!ours.comment().startsWith(MARK) || ours.user().isRoot()) {
            throw failure(
                    "The OS user "
                            + name
                            + " exists and was not made by Keyhole. Rename the principal, or make it"
                            + " ours with: usermod --comment '"
                            + MARK
                            + "' "
                            + name);
        }
        return ours.user();
    }

    private static void make(String name, Path home) throws LaunchFailure {
        List<String> command =
                new ArrayList<>(List.of("useradd", "--system", "--user-group", "--no-create-home"));
        command.addAll(
                List.of(
                        "--home-dir",
                        home.toString(),
                        "--shell",
                        noLogin(),
                        "--comment",
                        MARK,
                        name));
        run(command);
    }

    private static String noLogin() {
        return Files.isExecutable(Path.of("/usr/sbin/nologin"))
                ? "/usr/sbin/nologin"
                : "/bin/false";
    }

    private static void run(List<String> command) throws LaunchFailure {
        Ran ran = Ran.quietly(command, PATIENCE);
        if (ran.status() != 0) {
            throw new LaunchFailure(
                    command.getFirst() + " failed for " + command.getLast() + ".", ran.lines());
        }
    }

    /** The name of the OS user with that number; empty when nobody has it. */
    public static Optional<String> nameOf(long uid) throws LaunchFailure {
        return look(Long.toString(uid)).map(account -> account.user().name());
    }

    private record Account(OsUser user, String comment) {}

    private static Optional<Account> look(String name) throws LaunchFailure {
        Ran ran = Ran.quietly(List.of("getent", "passwd", name), PATIENCE);
        if (ran.status() != 0 || ran.lines().isEmpty()) {
            return Optional.empty();
        }
        String[] fields = ran.lines().getFirst().split(":", -1);
        if (fields.length < 7) {
            return Optional.empty();
        }
        try {
            var user =
                    new OsUser(
                            fields[0],
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            Path.of(fields[5]));
            return Optional.of(new Account(user, fields[4]));
        } catch (NumberFormatException e) {
            throw failure("The entry of " + name + " in the user database is damaged.");
        }
    }

    private static LaunchFailure failure(String message) {
        return new LaunchFailure(message, List.of());
    }
}
