package dev.keyhole.app.image;

import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.workspace.OfferedImage;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a door which image its workspaces get next. */
final class Offer {
    private final Optional<Path> file;

    private Offer(Optional<Path> file) {
        this.file = file;
    }

    /** No door is told. */
    static Offer none() {
        return new Offer(Optional.empty());
    }

    /**
     * To the door of a home, asked before anything is built.
     *
     * @param named whether a person named it; a usual home that is not there is nobody's mistake
     * @throws CannotStart (1) when the home that was named is not there, or nothing can be written in it
     */
    static Offer to(HomeLayout home, boolean named) throws CannotStart {
        if (!Files.isDirectory(home.home())) {
            if (named) {
                throw new CannotStart(
                        ExitStatus.FAILED,
                        "There is no home at "
                                + home.home()
                                + ". Name the door's by --home DIR, or tell no door by --no-offer.");
            }
            return none();
        }
        if (!Files.isWritable(home.home())) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The home "
                            + home.home()
                            + " is not yours to write. Run this as the door's owner, or tell no door by"
                            + " --no-offer.");
        }
        return new Offer(Optional.of(home.offeredImage()));
    }

    /**
     * Writes it down.
     *
     * @param image pinned by digest
     * @param former what was under the tag before, for a door that was offered nothing yet
     * @return what is offered now; empty when no door is told
     */
    Optional<OfferedImage> make(String image, Optional<String> former) throws CannotStart {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            var before = OfferedImage.read(file.get());
            var offered =
                    before.map(offer -> offer.followedBy(image))
                            .orElse(
                                    new OfferedImage(
                                            image, former.filter(known -> !known.equals(image))));
            offered.write(file.get());
            return Optional.of(offered);
        } catch (IOException failed) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    image
                            + " is pushed, but the offer cannot be written: "
                            + failed.getMessage()
                            + ". Run this again when that is mended.",
                    failed);
        }
    }
}
