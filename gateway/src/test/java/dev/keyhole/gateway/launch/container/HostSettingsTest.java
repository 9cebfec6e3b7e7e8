package dev.keyhole.gateway.launch.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.MountType;
import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSettingsTest {
    private static final Resources NOTHING = Resources.UNSAID;
    private static final String WITH_DEVICES =
            """
            {"HostConfig":{"DeviceRequests":[{"Driver":"nvidia","Count":2,"DeviceIDs":null,"Capabilities":[["gpu"]]}]}}\
            """;

    @Test
    void aContainerHasNoCapabilityAndGetsNone() {
        HostConfig host = HostSettings.of(spec(ContainerNetwork.OPEN, NOTHING));

        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getCapAdd()).isNull();
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(host.getDevices()).isNull();
        assertThat(host.getIpcMode()).isEqualTo("private");
        assertThat(host.getPidMode()).isNull();
    }

    @Test
    void itWritesToItsVolumeToMemoryAndWhereItsDoorListensAndNowhereElse() {
        HostConfig host = HostSettings.of(spec(ContainerNetwork.OPEN, NOTHING));

        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getMounts())
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getType()).isEqualTo(MountType.VOLUME);
                    assertThat(mount.getSource()).isEqualTo("keyhole-x-ada-1234");
                    assertThat(mount.getTarget()).isEqualTo("/state");
                });
        assertThat(host.getTmpFs()).containsOnlyKeys("/tmp", "/var/tmp", "/run");
        assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "1m");
        assertThat(Objects.requireNonNull(host.getTmpFs()).values())
                .allSatisfy(options -> assertThat(options).contains("nosuid", "nodev"));
        assertThat(host.getBinds())
                .extracting(bind -> bind.getPath() + " " + bind.getVolume().getPath())
                .containsExactly("/place/p /keyhole/planted", "/place/r /keyhole/run");
        assertThat(host.getBinds()[0].getAccessMode()).hasToString("ro");
        assertThat(host.getBinds()[1].getAccessMode()).hasToString("rw");
    }

    @Test
    void noPortIsPublishedWhateverTheNetwork() {
        for (ContainerNetwork network : ContainerNetwork.values()) {
            HostConfig host = HostSettings.of(spec(network, NOTHING));

            assertThat(host.getPortBindings()).isNull();
            assertThat(host.getPublishAllPorts()).isNull();
        }
    }

    @Test
    void theNetworkIsItsOwnOrNone() {
        assertThat(HostSettings.of(spec(ContainerNetwork.OPEN, NOTHING)).getNetworkMode())
                .isEqualTo("keyhole-x-ada");
        assertThat(HostSettings.of(spec(ContainerNetwork.NONE, NOTHING)).getNetworkMode())
                .isEqualTo("none");
    }

    @Test
    void limitsAreAskedForAndSwapDoesNotAddToMemory() {
        HostConfig host =
                HostSettings.of(
                        spec(
                                ContainerNetwork.OPEN,
                                new Resources(
                                        OptionalLong.of(1L << 30),
                                        Optional.of(new BigDecimal("1.5")),
                                        OptionalInt.of(512),
                                        Optional.empty())));

        assertThat(host.getMemory()).isEqualTo(1L << 30);
        assertThat(host.getMemorySwap()).isEqualTo(1L << 30);
        assertThat(host.getNanoCPUs()).isEqualTo(1_500_000_000L);
        assertThat(host.getPidsLimit()).isEqualTo(512L);
    }

    @Test
    void whatIsNotLimitedIsNotAskedFor() {
        HostConfig host = HostSettings.of(spec(ContainerNetwork.OPEN, NOTHING));

        assertThat(host.getMemory()).isNull();
        assertThat(host.getNanoCPUs()).isNull();
        assertThat(host.getPidsLimit()).isNull();
        assertThat(host.getDeviceRequests()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1", "4, 4", "all, -1",
    })
    void aNumberOfGpusIsACountAndAllIsMinusOne(String wish, int count) {
        assertThat(HostSettings.gpus(Gpus.parse(wish)))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.getDriver()).isEqualTo("nvidia");
                    assertThat(request.getCount()).isEqualTo(count);
                    assertThat(request.getDeviceIds()).isNull();
                    assertThat(request.getCapabilities()).hasToString("[[gpu]]");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "0"})
    void noGpuIsNoRequest(String wish) {
        assertThat(HostSettings.gpus(Gpus.parse(wish))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6",
                "MIG-GPU-8932f937-d72c-4106-c12f-20bd9faed9f6/1/0",
                "MIG-2b8b9e29-a9e8-5f3f-a3cb-9b7a5a6e3a1c"
            })
    void aDeviceOrAPartOfOneIsAskedForByItsId(String id) {
        assertThat(HostSettings.gpus(Gpus.parse(id)))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.getDeviceIds()).containsExactly(id);
                    assertThat(request.getCount()).isNull();
                });
    }

    @Test
    void theRequestReachesTheEngineAsDockerRunWritesIt(@TempDir Path directory) throws Exception {
        try (RecordedEngine recorded = new RecordedEngine(directory)) {
            recorded.answer("POST /containers/create", 201, "{\"Id\":\"1\",\"Warnings\":[]}");
            recorded.answer("GET /networks", 200, "[]");
            recorded.answer("POST /networks/create", 201, "{\"Id\":\"2\"}");
            recorded.answer("GET /containers/keyhole-x-ada/json", 200, WITH_DEVICES);
            try (Engine engine = Engine.open(recorded.socket())) {
                engine.create(
                        spec(
                                ContainerNetwork.OPEN,
                                new Resources(
                                        OptionalLong.empty(),
                                        Optional.empty(),
                                        OptionalInt.of(64),
                                        Optional.of(Gpus.parse("2")))));
            }

            assertThat(recorded.requests())
                    .containsSubsequence("POST /networks/create", "POST /containers/create");
            assertThat(recorded.body("POST /networks/create"))
                    .contains("\"Name\":\"keyhole-x-ada\"", "\"isolate\":\"true\"");
            assertThat(recorded.body("POST /containers/create"))
                    .contains(
                            "\"Image\":\"host/image:1\"",
                            "\"dev.keyhole.principal\":\"ada\"",
                            "\"CapDrop\":[\"ALL\"]",
                            "\"SecurityOpt\":[\"no-new-privileges\"]",
                            "\"ReadonlyRootfs\":true",
                            "\"PidsLimit\":64",
                            "\"NetworkMode\":\"keyhole-x-ada\"",
                            "\"/place/p:/keyhole/planted:ro\"",
                            "\"Driver\":\"nvidia\"",
                            "\"Count\":2",
                            "\"Capabilities\":[[\"gpu\"]]")
                    .doesNotContain("\"PortBindings\":{\"");
        }
    }

    @Test
    void anEngineThatTakesNoNoticeOfARequestForGpusIsNotBelieved(@TempDir Path directory)
            throws Exception {
        Resources one =
                new Resources(
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of(Gpus.parse("1")));
        try (RecordedEngine recorded = new RecordedEngine(directory)) {
            recorded.answer("POST /containers/create", 201, "{\"Id\":\"1\",\"Warnings\":[]}");
            recorded.answer("GET /containers/keyhole-x-ada/json", 200, "{\"HostConfig\":{}}");
            try (Engine engine = Engine.open(recorded.socket())) {
                assertThatThrownBy(() -> engine.create(spec(ContainerNetwork.NONE, one)))
                        .isInstanceOf(LaunchFailure.class)
                        .hasMessageContaining("workspace.gpus");

                engine.create(spec(ContainerNetwork.NONE, NOTHING));
                recorded.answer("GET /containers/keyhole-x-ada/json", 200, WITH_DEVICES);
                engine.create(spec(ContainerNetwork.NONE, one));
            }
        }
    }

    @Test
    void withoutANetworkNoneIsMade(@TempDir Path directory) throws Exception {
        try (RecordedEngine recorded = new RecordedEngine(directory)) {
            recorded.answer("POST /containers/create", 201, "{\"Id\":\"1\",\"Warnings\":[]}");
            try (Engine engine = Engine.open(recorded.socket())) {
                engine.create(spec(ContainerNetwork.NONE, NOTHING));
            }

            assertThat(recorded.requests()).noneMatch(request -> request.contains("networks"));
            assertThat(recorded.body("POST /containers/create"))
                    .contains("\"NetworkMode\":\"none\"");
        }
    }

    private static ContainerSpec spec(ContainerNetwork network, Resources limits) {
        return new ContainerSpec(
                "keyhole-x-ada",
                "host/image:1",
                "keyhole-x-ada-1234",
                Map.of(WorkspaceLabels.PRINCIPAL, "ada"),
                Path.of("/place/p"),
                Path.of("/place/r"),
                network,
                limits);
    }
}
