package dev.keyhole.gateway.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on disk up to where the audit was sent. It is not forced to the disk, which the audit needs more: what a crash
 * takes back is sent twice. Used by one thread.
 */
final class SentFile {
    private static final Logger LOG = LoggerFactory.getLogger(SentFile.class);

    private final Path file;
    private final String chain;
    private boolean complained;

    SentFile(Path file, String chain) {
        this.file = file;
        this.chain = chain;
    }

    /** The beginning of everything, where there is none that can be used. */
    Sent read() throws IOException {
        try {
            Optional<Sent> sent = Sent.parse(Files.readString(file), chain);
            if (sent.isEmpty()) {
                LOG.warn("{} is no place in this audit; all of it is sent again.", file);
            }
            return sent.orElse(Sent.NOTHING);
        } catch (NoSuchFileException e) {
            return Sent.NOTHING;
        }
    }

    /** A failure is said once and costs messages that come twice. */
    void write(Sent sent) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, sent.text(chain));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                LOG.warn("It cannot be kept up to where the audit was sent: {}", e.toString());
                complained = true;
            }
        }
    }
}
