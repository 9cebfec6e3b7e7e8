package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The image's first process: tini, which passes signals on and reaps whatever loses its parent, so that a door never takes
 * the status of a child away from its supervisor. A static one, because it must run on any base.
 *
 * @param file the program
 */
record InitProgram(Path file) {
    /** Where distributions put the static one. */
    private static final List<Path> USUAL =
            List.of(
                    Path.of("/usr/bin/tini-static"),
                    Path.of("/sbin/tini-static"),
                    Path.of("/usr/local/bin/tini-static"));

    /**
     * The one that was named, else the machine's.
     *
     * @throws ImageFailure (1) when there is none, or it would not run in the image
     */
    static InitProgram find(Optional<Path> named, String architecture) throws ImageFailure {
        Path file =
                named.or(() -> USUAL.stream().filter(Files::isRegularFile).findFirst())
                        .orElseThrow(() ->
                                failed(
                                        "There is no static tini here, and an image needs an init. Install it"
                                                + " (Debian and Ubuntu: apt install tini), or name one by --init FILE."));
        try {
            Elf elf = Elf.read(file).orElseThrow(() -> failed(file + " is no program for Linux."));
            if (elf.interpreter()) {
                throw failed(
                        file + " is not static, so it may not run on the base. Name tini-static.");
            }
            if (!elf.architecture().equals(architecture)) {
                throw failed(
                        file
                                + " is for "
                                + elf.architecture()
                                + ", and the base for "
                                + architecture
                                + ".");
            }
            return new InitProgram(file);
        } catch (IOException e) {
            throw failed(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static ImageFailure failed(String text) {
        return new ImageFailure(ExitStatus.FAILED, Code.IMAGE_NOT_BUILT, text);
    }
}
