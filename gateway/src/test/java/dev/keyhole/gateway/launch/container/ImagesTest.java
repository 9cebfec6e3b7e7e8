package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    private static final String IMAGE = "registry.test/lab/workspace:1";
    private static final String LOOK = "GET /images/" + IMAGE + "/json";
    private static final String PULL = "POST /images/create";

    @TempDir private Path directory;
    private RecordedEngine recorded;
    private final Images images = new Images();

    @BeforeEach
    void anEngine() throws IOException {
        recorded = new RecordedEngine(directory);
    }

    @AfterEach
    void isClosed() throws IOException {
        recorded.close();
    }

    @Test
    void anImageThatIsThereIsNotPulled() throws Exception {
        recorded.answer(LOOK, 200, "{\"Id\":\"sha256:d8\"}");

        try (Engine engine = Engine.open(recorded.socket())) {
            images.have(engine, IMAGE);
        }
        assertThat(recorded.requests()).doesNotContain(PULL);
    }

    @Test
    void oneThatIsNotIsPulledOnceHoweverManyWaitForIt() throws Exception {
        recorded.whenAsked(PULL, () -> recorded.answer(LOOK, 200, "{\"Id\":\"sha256:d8\"}"));
        recorded.answer(PULL, 200, "{\"status\":\"Download complete\",\"id\":\"d8\"}\n");

        try (Engine engine = Engine.open(recorded.socket());
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                waiting.add(
                        people.submit(() -> {
                            images.have(engine, IMAGE);
                            return null;
                        }));
            }
            for (Future<?> one : waiting) {
                one.get();
            }
        }
        assertThat(recorded.requests()).containsOnlyOnce(PULL);
        assertThat(images.progress(IMAGE)).isEmpty();
    }

    @Test
    void aPullThatFailedIsTriedAgainByWhoeverComesNext() throws Exception {
        recorded.answer(PULL, 500, "{\"message\":\"connection refused\"}");

        try (Engine engine = Engine.open(recorded.socket())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> images.have(engine, IMAGE))
                        .isInstanceOf(LaunchFailure.class)
                        .hasMessageContaining("connection refused");
                assertThat(images.progress(IMAGE)).isEmpty();
            }
        }
        assertThat(recorded.requests()).filteredOn(PULL::equals).hasSize(2);
    }

    @Test
    void howFarAPullIsCanBeAskedWhileItLasts() throws Exception {
        List<String> seen = new ArrayList<>();
        recorded.whenAsked(
                PULL,
                () -> {
                    seen.add(images.progress(IMAGE).orElse("nothing"));
                    recorded.answer(LOOK, 200, "{\"Id\":\"sha256:d8\"}");
                });
        recorded.answer(PULL, 200, "{\"status\":\"Download complete\",\"id\":\"d8\"}\n");

        try (Engine engine = Engine.open(recorded.socket())) {
            images.have(engine, IMAGE);
        }
        assertThat(seen).containsExactly("pulling " + IMAGE);
    }
}
