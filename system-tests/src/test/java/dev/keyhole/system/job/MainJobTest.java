package dev.keyhole.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a machine that has a JDK and nothing else of ours: no JupyterLab on PATH, so {@code up} makes what it needs, which
 * takes minutes.
 */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MainJobTest {
    private final Door door = Door.up(DoorSetup.bare().withOptions("--tensorflow"));

    @AfterAll
    void down() {
        door.close();
    }

    private static final String QUIET_TENSORFLOW =
            """
            import os
            os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
            import tensorflow as tf
            print("TensorFlow", tf.__version__)\
            """;

    @Test
    void aPersonRunsTensorFlowInJupyterLabThroughPlainSsh() throws Exception {
        int local = Ports.free();
        // As people type it, without -N: the shell request gets the status page and the tunnel
        // stays.
        try (Tunnel tunnel = door.ssh().with("-L", local + ":localhost:8888").background(local);
                Chromium chromium = new Chromium()) {
            long number = ThreadLocalRandom.current().nextLong(1_000, 50_000);
            String run = "run-" + number;
            Lab lab = Lab.withNewNotebook(chromium.page(), tunnel.url("/lab"));
            lab.run(QUIET_TENSORFLOW, "TensorFlow 2");
            String printed = lab.run(sumUpTo(number, run), "sum =");
            assertThat(printed).isEqualTo("sum = " + number * (number - 1) / 2);
            lab.screenshot(picture());
            assertThat(tunnel.output()).contains("This page executes nothing").contains("jupyter");
            itsScalarIsOnTensorBoardsPage(chromium, run);
        }
    }

    @Test
    void theSameThroughKeyholeOpen() throws Exception {
        try (OpenedByKeyhole opened = OpenedByKeyhole.start(door);
                Chromium chromium = new Chromium()) {
            Lab lab = Lab.withNewNotebook(chromium.page(), opened.address());
            assertThat(lab.run("print('six times seven is', 6 * 7)", "six times")).endsWith("42");
            assertThat(opened.addressThatTheBrowserGot()).isEqualTo(opened.address().toString());
        }
    }

    /** Through the tunnel as scripts hold it, and by the service's name. */
    private void itsScalarIsOnTensorBoardsPage(Chromium chromium, String run) {
        try (Tunnel tunnel = door.ssh().tunnel("tensorboard", 1)) {
            Page page = chromium.page();
            page.navigate(tunnel.url("/#timeseries").toString());
            page.getByText(run).first().waitFor();
            page.getByText("sum_of_" + run).first().waitFor();
        }
    }

    /** Adds the numbers below n with TensorFlow and logs the result where TensorBoard looks. */
    private static String sumUpTo(long n, String run) {
        return """
        total = int(tf.reduce_sum(tf.range(%1$d, dtype=tf.int64)))
        with tf.summary.create_file_writer("logs/%2$s").as_default():
            tf.summary.scalar("sum_of_%2$s", total, step=1)
        print("sum =", total)\
        """
                .formatted(n, run);
    }

    /** The README's picture is made anew only when asked for, so that a test run changes no file of the checkout. */
    private static Path picture() throws Exception {
        Path picture =
                Boolean.getBoolean("keyhole.screenshot")
                        ? Places.checkout().resolve("docs/images/jupyterlab.png")
                        : Places.checkout().resolve("system-tests/target/jupyterlab.png");
        Files.createDirectories(picture.getParent());
        return picture;
    }
}
