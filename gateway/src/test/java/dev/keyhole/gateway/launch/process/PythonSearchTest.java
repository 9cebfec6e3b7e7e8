package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interpreters are shell scripts that answer the question as a Python would. */
class PythonSearchTest {
    private static final String HAS_JUPYTER =
            """
            echo "python $0"; echo "version 3.12"; echo "venv True"
            echo "package jupyter_server 2.21.1"; echo "package jupyterlab 4.6.6"
            """;

    @TempDir private Path directory;

    @Test
    void aJupyterLabInThePathThatRunsIsTaken() throws Exception {
        script("jupyter-lab", "exit 0");
        Path python = script("python3", "[ \"$1\" != -m ] || exit 0\n" + HAS_JUPYTER);

        assertThat(search().jupyterLab(place()))
                .hasValueSatisfying(found -> {
                    assertThat(found.jupyter())
                            .containsExactly(python.toString(), "-m", "jupyterlab");
                    assertThat(found.describe())
                            .isEqualTo("jupyter_server 2.21.1, jupyterlab 4.6.6");
                });
    }

    @Test
    void oneThatIsThereButDoesNotRunIsNot() throws Exception {
        script("jupyter-lab", "exit 0");
        script("python3", "[ \"$1\" != -m ] || exit 1\n" + HAS_JUPYTER);

        assertThat(search().jupyterLab(place())).isEmpty();
        // Its start, which takes as long as the trial, tells the same.
        assertThat(search(false).jupyterLab(place())).isPresent();
    }

    @Test
    void aPathWithoutJupyterLabHasNone() throws Exception {
        script("python3", HAS_JUPYTER);

        assertThat(search().jupyterLab(place())).isEmpty();
    }

    private PythonSearch search() {
        return search(true);
    }

    private PythonSearch search(boolean tries) {
        return new PythonSearch(new InstallerRuns(), "relative:" + directory + ":/nowhere", tries);
    }

    private InstallPlace place() {
        return new InstallPlace(
                OsUser.current(), directory, directory.resolve("env"), directory.resolve("log"));
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
