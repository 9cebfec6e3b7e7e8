package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.nio.file.Path;

/**
 * Where one service of one principal lives; every directory exists.
 *
 * @param user whom its processes belong to
 * @param home the workspace's home, current directory and {@code HOME} of the service
 * @param socket where it must listen
 * @param socketMode as for chmod(1): 0660 where the door is another user, else 0600
 * @param runtime 0700 and the user's, short enough for a kernel's sockets
 * @param programs where its program may put files that the user can read and not write
 */
public record ServicePlace(
        PrincipalName owner,
        ServiceName service,
        OsUser user,
        Path home,
        Path socket,
        String socketMode,
        Path runtime,
        Path programs) {}
