package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Docker 20.10.24 and Podman 4.3.1 answered, to the letter but for hosts and ids. */
class EngineFailureTest {
    private static final String IMAGE = "registry.test/lab/workspace:1";

    @TempDir private Path directory;
    private RecordedEngine recorded;

    @BeforeEach
    void anEngine() throws IOException {
        recorded = new RecordedEngine(directory);
    }

    @AfterEach
    void isClosed() throws IOException {
        recorded.close();
    }

    static Stream<Arguments> pulls() {
        return Stream.of(
                docker(
                        500,
                        "Head \\\"http://registry.test/v2/lab/workspace/manifests/1\\\": no basic auth credentials",
                        "no basic auth credentials",
                        "Log the engine in to that registry."),
                docker(
                        404,
                        "pull access denied for registry.test/lab/workspace, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
                        "pull access denied",
                        "Log the engine in to that registry."),
                podman(
                        "initializing source docker://registry.test/lab/workspace:1: reading manifest 1 in registry.test/lab/workspace: unauthorized: authentication required",
                        "unauthorized: authentication required",
                        "Log the engine in to that registry."),
                docker(
                        404,
                        "manifest for registry.test/lab/workspace:1 not found: manifest unknown: manifest unknown",
                        "manifest unknown",
                        "Look at `container.image` in the config."),
                podman(
                        "initializing source docker://registry.test/lab/workspace:1: reading manifest 1 in registry.test/lab/workspace: manifest unknown: manifest unknown",
                        "manifest unknown",
                        "Look at `container.image` in the config."),
                docker(
                        500,
                        "Get \\\"http://registry.test/v2/\\\": dial tcp 192.0.2.7:5000: connect: connection refused",
                        "connection refused",
                        "Look at the registry and the network."),
                podman(
                        "initializing source docker://registry.test/lab/workspace:1: pinging container registry registry.test: Get \\\"http://registry.test/v2/\\\": dial tcp 192.0.2.7:5000: connect: connection refused",
                        "connection refused",
                        "Look at the registry and the network."),
                docker(
                        500,
                        "Get \\\"https://registry.test/v2/\\\": dial tcp: lookup registry.test on 192.0.2.53:53: no such host",
                        "no such host",
                        "Look at the registry and the network."),
                podman(
                        "writing blob: adding layer with blob \\\"sha256:05277f66\\\": processing tar file(write /noise: no space left on device): exit status 1",
                        "no space left on device",
                        "Free space where the engine keeps its images."),
                stream(
                        "failed to register layer: Error processing tar file(exit status 1): write /noise: no space left on device",
                        "no space left on device",
                        "Free space where the engine keeps its images."),
                stream(
                        "no matching manifest for linux/amd64 in the manifest list entries",
                        "no matching manifest",
                        "The image is for another architecture; build one for this machine."),
                podman(
                        "choosing an image from manifest list docker://registry.test/lab/workspace:1: no image found in image index for architecture amd64, variant \\\"\\\", OS linux",
                        "no image found in image index",
                        "The image is for another architecture; build one for this machine."),
                stream(
                        "something that nobody has thought of",
                        "something that nobody has thought of",
                        "Look at the engine's log."));
    }

    /** It refuses at once. */
    private static Arguments docker(int status, String message, String words, String next) {
        return Arguments.of(status, "{\"message\":\"" + message + "\"}\n", words, next);
    }

    /** It says so at the end of a good answer, as Docker does too once the pull is under way. */
    private static Arguments podman(String message, String words, String next) {
        return Arguments.of(
                200,
                """
                {"status":"Pulling fs layer","progressDetail":{},"id":"05277f665f6e"}
                {"progressDetail":{},"errorDetail":{"message":"%1$s"},"error":"%1$s"}
                """
                        .formatted(message),
                words,
                next);
    }

    private static Arguments stream(String message, String words, String next) {
        return Arguments.of(
                200,
                """
                {"status":"Pulling from lab/workspace","id":"1"}
                {"errorDetail":{"message":"%1$s"},"error":"%1$s"}
                """
                        .formatted(message),
                words,
                next);
    }

    @ParameterizedTest
    @MethodSource("pulls")
    void aPullThatFailsSaysTheEnginesReasonAndTheNextMove(
            int status, String answer, String words, String next) throws Exception {
        recorded.answer("POST /images/create", status, answer);

        try (Engine engine = Engine.open(recorded.socket())) {
            LaunchFailure failure =
                    catchThrowableOfType(
                            LaunchFailure.class, () -> engine.pull(IMAGE, progress -> {}));

            assertThat(failure)
                    .hasMessageStartingWith("The image " + IMAGE + " cannot be pulled: ")
                    .hasMessageContaining(words)
                    .hasMessageEndingWith(next);
            assertThat(failure.getMessage()).doesNotContain("{", "\n", "Exception");
        }
    }

    @Test
    void aPullThatEndsWellIsNone() throws Exception {
        recorded.answer(
                "POST /images/create",
                200,
                """
                {"status":"Download complete","progressDetail":{},"id":"d8f0e1c56e33"}
                """);
        recorded.answer("GET /images/" + IMAGE + "/json", 200, "{\"Id\":\"sha256:d8f0\"}");

        try (Engine engine = Engine.open(recorded.socket())) {
            engine.pull(IMAGE, progress -> {});

            assertThat(engine.hasImage(IMAGE)).isTrue();
        }
    }

    @Test
    void anImageThatTheEngineDoesNotHaveNamesTheKeyOfTheConfig() throws Exception {
        recorded.answer(
                "POST /containers/create",
                404,
                """
                {"cause":"image not known","message":"no such image: %s: image not known","response":404}\
                """
                        .formatted(IMAGE));

        try (Engine engine = Engine.open(recorded.socket())) {
            assertThatThrownBy(() -> engine.create(spec()))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("no such image: " + IMAGE)
                    .hasMessageEndingWith("Look at `container.image` in the config.");
        }
    }

    @Test
    void aProgramThatIsMissingIsNamedByBothEngines() throws Exception {
        String docker =
                """
                {"message":"failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \\"/bin/nope\\": stat /bin/nope: no such file or directory: unknown"}\
                """;
        String podman =
                """
                {"cause":"OCI runtime attempted to invoke a command that was not found","message":"runc: runc create failed: unable to start container process: exec: \\"/bin/nope\\": stat /bin/nope: no such file or directory: OCI runtime attempted to invoke a command that was not found","response":500}\
                """;

        for (String answer : new String[] {docker, podman}) {
            recorded.answer("POST /containers/box/start", 500, answer);
            try (Engine engine = Engine.open(recorded.socket())) {
                assertThatThrownBy(() -> engine.start("box"))
                        .isInstanceOf(LaunchFailure.class)
                        .hasMessageContaining("exec: \"/bin/nope\": stat /bin/nope: no such file");
            }
        }
    }

    @Test
    void aProgramForAnotherMachineSaysSo() throws Exception {
        recorded.answer(
                "POST /containers/box/start",
                400,
                """
                {"message":"OCI runtime create failed: exec /bin/foreign: exec format error"}\
                """);

        try (Engine engine = Engine.open(recorded.socket())) {
            assertThatThrownBy(() -> engine.start("box"))
                    .hasMessageEndingWith(
                            "The image is for another architecture; build one for this machine.");
        }
    }

    @Test
    void aNameThatIsTakenIsNoFailureWithEitherEngine() throws Exception {
        String docker =
                """
                {"message":"Conflict. The container name \\"/box\\" is already in use by container \\"3130\\". You have to remove (or rename) that container to be able to reuse that name."}\
                """;
        String podman =
                """
                {"cause":"that name is already in use","message":"container create: creating container storage: the container name \\"box\\" is already in use by d093. You have to remove that container to be able to reuse that name: that name is already in use","response":500}\
                """;

        try (Engine engine = Engine.open(recorded.socket())) {
            recorded.answer("POST /containers/create", 409, docker);
            engine.create(spec());
            recorded.answer("POST /containers/create", 500, podman);
            engine.create(spec());
        }
        assertThat(recorded.requests()).endsWith("POST /containers/create");
    }

    @Test
    void aContainerThatIsNotThereIsNoneAndOneThatCannotBeLookedAtIsAFailure() throws Exception {
        try (Engine engine = Engine.open(recorded.socket())) {
            assertThat(engine.inspect("box")).isEmpty();

            recorded.answer(
                    "GET /containers/box/json", 500, "{\"message\":\"database is locked\"}");
            assertThatThrownBy(() -> engine.inspect("box"))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessage(
                            "The container box cannot be looked at: database is locked. Look at the engine's log.");
        }
    }

    @Test
    void anEngineThatIsNotThereIsNamedWithItsSocket() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> Engine.open(nowhere))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("container.engine");

        Path silent = Files.createFile(directory.resolve("silent"));
        assertThatThrownBy(() -> Engine.open(silent))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("does not answer")
                .hasMessageEndingWith("Look whether it runs.");
    }

    private static ContainerSpec spec() {
        return new ContainerSpec(
                "box",
                IMAGE,
                "box-1",
                Map.of(),
                Path.of("/p"),
                Path.of("/r"),
                ContainerNetwork.NONE,
                Resources.UNSAID);
    }
}
