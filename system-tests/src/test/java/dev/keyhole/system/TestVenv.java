package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Python environments that tests share. Each is made once; another run, or another process, finds it there. */
public final class TestVenv {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private TestVenv() {}

    /** What a data scientist has: JupyterLab with its kernel, TensorFlow, TensorBoard. */
    public static Path shared() {
        return made(
                "venv",
                "jupyterlab",
                "jupyter_server>=2.20",
                "ipykernel",
                "tensorflow-cpu",
                "tensorboard");
    }

    /** Tools of the tests themselves. */
    public static Path tools() {
        return made("tools", "ssh-audit>=3.3", "cryptography>=47");
    }

    private static Path made(String name, String... packages) {
        Path directory = Places.shared(name);
        Path marker = directory.resolve("made");
        try (FileChannel channel =
                        FileChannel.open(
                                directory.resolveSibling(name + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            String wanted = String.join("\n", packages);
            if (lock.isValid() && Files.exists(marker) && Files.readString(marker).equals(wanted)) {
                return directory;
            }
            Ran.of(PATIENCE, "/usr/bin/python3", "-m", "venv", directory.toString()).orFail();
            List<String> install =
                    new ArrayList<>(
                            List.of(
                                    directory.resolve("bin/pip").toString(),
                                    "install",
                                    "--quiet",
                                    "--disable-pip-version-check"));
            install.addAll(List.of(packages));
            Ran.of(PATIENCE, install).orFail();
            Files.writeString(marker, wanted);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
