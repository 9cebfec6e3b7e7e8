package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulledTest {
    @TempDir private Path directory;

    @Test
    void layersAndBytesAreCountedWhileDockerPulls() throws Exception {
        assertThat(
                        progress(
                                """
                                {"status":"Pulling from lab/workspace","id":"1"}
                                {"status":"Already exists","progressDetail":{},"id":"aaaaaaaaaaaa"}
                                {"status":"Pulling fs layer","progressDetail":{},"id":"bbbbbbbbbbbb"}
                                {"status":"Downloading","progressDetail":{"current":10000000,"total":40000000},"id":"bbbbbbbbbbbb"}
                                {"status":"Downloading","progressDetail":{"current":30000000,"total":40000000},"id":"bbbbbbbbbbbb"}
                                {"status":"Download complete","progressDetail":{},"id":"bbbbbbbbbbbb"}
                                {"status":"Pull complete","progressDetail":{},"id":"bbbbbbbbbbbb"}
                                {"status":"Digest: sha256:c5bd77f7"}
                                {"status":"Status: Downloaded newer image for registry.test/lab/workspace:1"}
                                """))
                .containsExactly(
                        "pulling 1 of 1 layers",
                        "pulling 1 of 2 layers",
                        "pulling 1 of 2 layers, 10 of 40 MB",
                        "pulling 1 of 2 layers, 30 of 40 MB",
                        "pulling 2 of 2 layers, 40 of 40 MB",
                        "pulling 2 of 2 layers, 40 of 40 MB");
    }

    @Test
    void podmanCountsTheSameWay() throws Exception {
        assertThat(
                        progress(
                                """
                                {"status":"Pulling fs layer","progressDetail":{},"id":"05277f665f6e"}
                                {"status":"Downloading","progressDetail":{"current":5000000,"total":8000000},"id":"05277f665f6e"}
                                {"status":"Download complete","progressDetail":{},"id":"05277f665f6e"}
                                {"status":"Pulling fs layer","progressDetail":{},"id":"d8f0e1c56e33"}
                                {"status":"Download complete","progressDetail":{},"id":"d8f0e1c56e33"}
                                """))
                .containsExactly(
                        "pulling 0 of 1 layers",
                        "pulling 0 of 1 layers, 5 of 8 MB",
                        "pulling 1 of 1 layers, 8 of 8 MB",
                        "pulling 1 of 2 layers, 8 of 8 MB",
                        "pulling 2 of 2 layers, 8 of 8 MB");
    }

    @Test
    void aLayerThatIsDoneIsDoneWhileItIsUnpacked() throws Exception {
        assertThat(
                        progress(
                                        """
                                        {"status":"Downloading","progressDetail":{"current":1000000,"total":2000000},"id":"a"}
                                        {"status":"Download complete","progressDetail":{},"id":"a"}
                                        {"status":"Extracting","progressDetail":{"current":65536,"total":2000000},"id":"a"}
                                        """)
                                .getLast())
                .isEqualTo("pulling 1 of 1 layers, 2 of 2 MB");
    }

    private List<String> progress(String answer) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (RecordedEngine recorded = new RecordedEngine(directory)) {
            recorded.answer("POST /images/create", 200, answer);
            recorded.answer("GET /images/registry.test/x:1/json", 200, "{\"Id\":\"sha256:d8\"}");
            try (Engine engine = Engine.open(recorded.socket())) {
                engine.pull("registry.test/x:1", heard::add);
            }
        }
        return heard;
    }
}
