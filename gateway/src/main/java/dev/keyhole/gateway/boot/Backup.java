package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.operator.ControlClient;
import dev.keyhole.gateway.store.StoreFile;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code keyhole backup}: the store in one file, from the door that runs, or without one. Used by one thread. */
public final class Backup {
    private final HomeLayout home;
    private final ProgressLine progress;

    public Backup(HomeLayout home, ProgressLine progress) {
        this.home = home;
        this.progress = progress;
    }

    /**
     * Writes it whole or not at all.
     *
     * @param file must not exist
     */
    public ExitStatus run(Path file) throws CannotStart {
        Path target = file.toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw failed(target + " is there already. Name another file, or remove that one.");
        }
        if (!Files.isDirectory(home.home())) {
            throw failed(
                    "There is no home at "
                            + home.home()
                            + ". Name the one that you mean with --home DIR.");
        }
        try {
            Path draft =
                    Files.createTempFile(
                            Objects.requireNonNull(target.getParent()),
                            ".keyhole-backup-",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            try {
                ExitStatus status = fill(draft);
                if (status == ExitStatus.DONE) {
                    sync(draft);
                    Files.createLink(target, draft); // unlike a rename, it replaces nothing
                    sync(Objects.requireNonNull(target.getParent()));
                    progress.say("The store is saved in " + target + ".");
                }
                return status;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException e) {
            throw failed(target + " is there already. Name another file.");
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "There is no backup: " + e.getMessage() + ".", e);
        }
    }

    private ExitStatus fill(Path draft) throws IOException, CannotStart {
        Optional<Path> socket = ControlPlace.socket(home);
        if (socket.isPresent()) {
            try {
                return fromTheDoor(socket.get(), draft);
            } catch (ConnectException e) {
                progress.step("no door is open; reading its file");
            } catch (SocketException e) {
                if (Files.exists(socket.get(), LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
        fromTheFile(draft);
        return ExitStatus.DONE;
    }

    private ExitStatus fromTheDoor(Path socket, Path draft) throws IOException {
        MessageDigest digest = sha256();
        ControlClient.Reply reply;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(draft), digest)) {
            reply = new ControlClient(socket).ask(Map.of("verb", "backup"), new Blocks(out));
        }
        if (reply.status() != ExitStatus.DONE) {
            progress.say("keyhole: " + reply.text().strip());
        } else if (!reply.document().contains(HexFormat.of().formatHex(digest.digest()))) {
            throw new IOException(
                    "what arrived is not what the door sent. Look for free space, then run it again");
        }
        return reply.status();
    }

    private void fromTheFile(Path draft) throws IOException, CannotStart {
        try (HomeLock lock = HomeLock.take(home, "backup").orElseThrow(this::busy);
                StoreFile store = StoreFile.examined(home.database(), home.run())) {
            Files.copy(store.whole(), draft, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private CannotStart busy() {
        return failed("A door is just starting or ending on " + home.home() + ". Run this again.");
    }

    private static CannotStart failed(String text) {
        return new CannotStart(ExitStatus.FAILED, text);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel =
                Files.isDirectory(path)
                        ? FileChannel.open(path)
                        : FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** What the door says before its answer: the bytes. */
    private record Blocks(OutputStream out) implements ControlClient.Listener {
        @Override
        public void progress(String text) {
            // it has no steps
        }

        @Override
        public void line(String text) {
            try {
                out.write(Base64.getDecoder().decode(text));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
