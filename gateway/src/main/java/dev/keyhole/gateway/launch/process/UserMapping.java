package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Accounts;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Root's decision that a principal runs as an account that exists. Thread-safe; one at a time. */
public final class UserMapping implements Accounts {
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");
    private static final int FIRST_PERSON = 1000; // below are the system's own, login.defs(5)
    private static final int NOBODY = 65534;

    private final HomeLayout layout;
    private final OsUsers users;
    private final UserMap map;

    public UserMapping(HomeLayout layout, OsUsers users) {
        this.layout = layout;
        this.users = users;
        this.map = new UserMap(layout.osUsers());
    }

    @Override
    public synchronized void map(PrincipalName owner, String account) throws LaunchFailure {
        OsUser user = usable(account);
        try {
            Optional<PrincipalName> other = map.owner(account);
            if (other.isPresent() && !other.get().equals(owner)) {
                throw failure(
                        "The account " + account + " is that of " + other.get() + " already.");
            }
            Path home = layout.workspaceHome(owner);
            if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                    && (int) Files.getAttribute(home, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            != (int) user.uid()) {
                throw failure(
                        owner
                                + " has a workspace of another OS user already."
                                + " Remove the principal first; its files are then kept aside.");
            }
            map.put(owner, account);
        } catch (IOException e) {
            throw failure("The mapping cannot be written: " + e.getMessage());
        }
    }

    @Override
    public synchronized void unmap(PrincipalName owner) throws LaunchFailure {
        try {
            map.remove(owner);
        } catch (IOException e) {
            throw failure("The mapping cannot be written: " + e.getMessage());
        }
    }

    private OsUser usable(String account) throws LaunchFailure {
        if (!users.separate()) {
            throw failure("Only as root can a principal run as another account.");
        }
        if (!ACCOUNT.matcher(account).matches()) {
            throw failure("'" + account + "' is no name of an account.");
        }
        OsUser user = OsUsers.account(account);
        if (user.uid() < FIRST_PERSON || user.uid() == NOBODY) {
            throw failure(
                    "The account "
                            + account
                            + " (uid "
                            + user.uid()
                            + ") is the system's; only a person's, from uid "
                            + FIRST_PERSON
                            + " on, can be a principal's.");
        }
        if (OsUsers.isOurs(account) || user.uid() == users.door().uid()) {
            throw failure("The account " + account + " is Keyhole's own.");
        }
        return user;
    }

    private static LaunchFailure failure(String message) {
        return new LaunchFailure(message, List.of());
    }
}
