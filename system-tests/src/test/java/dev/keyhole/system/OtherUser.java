package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An OS user that commands can run as, by setpriv.
 *
 * @param uid its number; the group has the same one, or the one that the user has
 */
public record OtherUser(int uid, int gid) {
    /** One that owns nothing of ours. */
    public static final OtherUser NOBODY = new OtherUser(65534, 65534);

    /** The one that a principal's notebook runs as. */
    public static OtherUser of(Door door) {
        Path home = door.home().resolve("workspaces/" + door.setup().principal() + "/home");
        try {
            return new OtherUser(
                    (int) Files.getAttribute(home, "unix:uid"),
                    (int) Files.getAttribute(home, "unix:gid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this process may become another user. */
    public static boolean weAreRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The command as it runs as this user; without root everything is one's own anyway. */
    public List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        if (weAreRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
        }
        command.addAll(List.of(words));
        return command;
    }
}
