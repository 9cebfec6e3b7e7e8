package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.Owner;
import dev.keyhole.image.base.Privileged;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base's files and directories that lend an identity, once more and without that: the same bytes, the same owner, no
 * setuid or setgid bit, no capabilities. What the base's own layers hold stays there, out of the container's reach.
 */
final class Defused {
    private static final int STICKY = 01000;

    private Defused() {}

    /**
     * Every such file, and the directories above it as they were, because a layer that names a file names those too.
     *
     * @param drafts any directory
     * @throws ImageFailure (1) for one in a directory with the sticky bit, which a layer of ours would take away
     */
    static List<Placed> of(BaseContents base, Path drafts) throws ImageFailure {
        Map<String, Placed> placed = new LinkedHashMap<>();
        for (Map.Entry<String, Privileged> one : base.privileged().entrySet()) {
            for (Map.Entry<String, Owner> parent : one.getValue().parents().entrySet()) {
                place(placed, parent.getKey(), parent.getValue(), drafts, true);
            }
        }
        // Last, so that a directory that is both stands here as defused; its mode is the same
        // anyway.
        for (Map.Entry<String, Privileged> one : base.privileged().entrySet()) {
            Privileged file = one.getValue();
            place(
                    placed,
                    one.getKey(),
                    file.owner(),
                    file.content().orElse(drafts),
                    file.directory());
        }
        return List.copyOf(placed.values());
    }

    private static void place(
            Map<String, Placed> placed, String path, Owner owner, Path source, boolean directory)
            throws ImageFailure {
        int mode = owner.defusedMode();
        if ((mode & STICKY) != 0 && directory) {
            throw new ImageFailure(
                    ExitStatus.FAILED,
                    Code.IMAGE_NOT_BUILT,
                    "/"
                            + path
                            + " in the base has the sticky bit and holds, or is, something with setuid or setgid."
                            + " Remove that from the base.");
        }
        placed.put(
                path,
                new Placed(
                        "/" + path, source, mode & ~STICKY, owner.uid(), owner.gid(), directory));
    }
}
