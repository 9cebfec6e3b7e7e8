package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.WaitResponse;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine behind its unix socket: Docker, or Podman's service that speaks the same. The version of the API is
 * the engine's own. Thread-safe; every call blocks, and each has a deadline but a pull and a wait.
 */
final class Engine implements Closeable {
    private static final int MOST_LETTERS = 1 << 18;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The status of a pull that fails on its way. */
    private static final int SAID_AFTER_A_GOOD_START = 200;

    private final DockerClient asking;
    private final DockerClient waiting;

    private Engine(DockerClient asking, DockerClient waiting) {
        this.asking = asking;
        this.waiting = waiting;
    }

    /**
     * Connects, and asks which version it speaks.
     *
     * @throws LaunchFailure when there is no engine, or we may not speak with it
     */
    static Engine open(Path socket) throws LaunchFailure {
        if (Files.notExists(socket)) {
            throw failure(
                    "There is no container engine at "
                            + socket
                            + ". Start one, or name its socket in the config as `container.engine`.");
        }
        if (!Files.isWritable(socket)) {
            throw failure(
                    "The container engine at "
                            + socket
                            + " does not let this user in. Take a rootless podman of your own, or start Keyhole as root:"
                            + " the group docker would be as good as root.");
        }
        try (DockerClient first = client(socket, RemoteApiVersion.UNKNOWN_VERSION, PATIENCE)) {
            String version = Objects.requireNonNull(first.versionCmd().exec().getApiVersion());
            RemoteApiVersion spoken = RemoteApiVersion.parseConfig(version);
            return new Engine(
                    client(socket, spoken, PATIENCE), client(socket, spoken, Duration.ZERO));
        } catch (IOException | RuntimeException e) {
            throw failure(
                    "The container engine at "
                            + socket
                            + " does not answer: "
                            + EngineFailure.words(e)
                            + ". Look whether it runs.");
        }
    }

    private static DockerClient client(Path socket, RemoteApiVersion version, Duration patience) {
        URI place = URI.create("unix://" + socket);
        var config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(place.toString())
                        .withDockerTlsVerify(false)
                        .withApiVersion(version)
                        .build();
        var http =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(place)
                        .connectionTimeout(Duration.ofSeconds(5));
        if (!patience.isZero()) {
            http.responseTimeout(patience);
        }
        return DockerClientImpl.getInstance(config, http.build());
    }

    private static LaunchFailure failure(String text) {
        return new LaunchFailure(text, List.of());
    }

    /** Whether it still answers; it may have been restarted. */
    boolean answers() {
        try {
            asking.pingCmd().exec();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The container of that name, running or not. */
    Optional<InspectContainerResponse> inspect(String name) throws LaunchFailure {
        try {
            return Optional.of(asking.inspectContainerCmd(name).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw EngineFailure.of("The container " + name + " cannot be looked at", e);
        }
    }

    boolean hasImage(String image) throws LaunchFailure {
        try {
            return asking.inspectImageCmd(image).exec().getId() != null;
        } catch (NotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            throw EngineFailure.of("The image " + image + " cannot be looked up", e);
        }
    }

    /** @param progress hears how far it is */
    void pull(String image, Consumer<String> progress) throws LaunchFailure, InterruptedException {
        Pulled pulled = new Pulled(progress);
        try {
            waiting.pullImageCmd(oneOf(image)).exec(pulled).awaitCompletion();
        } catch (RuntimeException e) {
            throw EngineFailure.of("The image " + image + " cannot be pulled", e);
        }
        Optional<String> trouble = pulled.trouble();
        if (trouble.isPresent() || !hasImage(image)) {
            throw EngineFailure.of(
                    "The image " + image + " cannot be pulled",
                    new DockerException(
                            trouble.orElse("the engine does not have it"),
                            SAID_AFTER_A_GOOD_START));
        }
    }

    /** Docker pulls every tag where none is named. */
    private static String oneOf(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.contains(":") || last.contains("@") ? image : image + ":latest";
    }

    /** Makes it, with its volume and network; one that is there already under its name stays as it is. */
    void create(ContainerSpec spec) throws LaunchFailure {
        try {
            if (spec.network() == ContainerNetwork.OPEN) {
                network(spec);
            }
            HostConfig wanted = HostSettings.of(spec);
            asking.createContainerCmd(spec.image())
                    .withName(spec.name())
                    .withLabels(spec.labels())
                    .withHostConfig(wanted)
                    .exec();
            if (asksForDevices(wanted) && !hasDevices(spec.name())) {
                throw failure(
                        "The engine took no notice of the request for GPUs, as Podman 4 does. Use Docker, or ask for none:"
                                + " `workspace.gpus`.");
            }
        } catch (ConflictException e) {
            // Somebody was faster; there is one.
        } catch (RuntimeException e) {
            if (!EngineFailure.words(e).contains("already in use")) { // Podman's way to say it
                throw EngineFailure.of("The container " + spec.name() + " cannot be made", e);
            }
        }
    }

    private static boolean asksForDevices(@Nullable HostConfig host) {
        return host != null
                && host.getDeviceRequests() != null
                && !host.getDeviceRequests().isEmpty();
    }

    /** Whoever asked for a GPU would else find out from a slow program. */
    private boolean hasDevices(String name) {
        return asksForDevices(asking.inspectContainerCmd(name).exec().getHostConfig());
    }

    private void network(ContainerSpec spec) {
        boolean there =
                asking.listNetworksCmd().withNameFilter(spec.name()).exec().stream()
                        .anyMatch(network -> spec.name().equals(network.getName()));
        if (!there) {
            asking.createNetworkCmd()
                    .withName(spec.name())
                    .withLabels(spec.labels())
                    .withOptions(Map.of("isolate", "true"))
                    .exec();
        }
    }

    void start(String name) throws LaunchFailure {
        try {
            asking.startContainerCmd(name).exec();
        } catch (NotModifiedException e) {
            // It runs already.
        } catch (RuntimeException e) {
            throw EngineFailure.of("The container " + name + " cannot be started", e);
        }
    }

    /** Ends it within the grace or kills it, and removes it with its network; its volume stays. */
    void remove(String name, Duration grace) throws LaunchFailure {
        try {
            stop(name, grace);
            asking.removeContainerCmd(name).withForce(true).exec();
        } catch (NotFoundException | ConflictException e) {
            // It is gone, or going.
        } catch (RuntimeException e) {
            throw EngineFailure.of("The container " + name + " cannot be removed", e);
        }
        try {
            asking.removeNetworkCmd(name).exec();
        } catch (NotFoundException e) {
            // There is none.
        } catch (RuntimeException e) {
            throw EngineFailure.of("The network " + name + " cannot be removed", e);
        }
    }

    private void stop(String name, Duration grace) {
        try {
            asking.stopContainerCmd(name).withTimeout((int) grace.toSeconds()).exec();
        } catch (NotModifiedException e) {
            // It does not run.
        }
    }

    /** Blocks until a container with that id does not run. */
    void await(String id) throws InterruptedException {
        try {
            waiting.waitContainerCmd(id)
                    .exec(new ResultCallback.Adapter<WaitResponse>())
                    .awaitCompletion();
        } catch (NotFoundException e) {
            // It is gone.
        }
    }

    /** The last lines that it wrote; of what has no lines the last {@value #MOST_LETTERS} letters at least. */
    List<String> log(String name, int lines) throws LaunchFailure {
        if (inspect(name).isEmpty()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        try {
            asking.logContainerCmd(name)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(lines)
                    .exec(
                            new ResultCallback.Adapter<Frame>() {
                                @Override
                                public void onNext(Frame frame) {
                                    text.append(
                                            new String(frame.getPayload(), StandardCharsets.UTF_8));
                                    if (text.length() > 2 * MOST_LETTERS) {
                                        text.delete(0, text.length() - MOST_LETTERS);
                                    }
                                }
                            })
                    .awaitCompletion(10, TimeUnit.SECONDS);
        } catch (NotFoundException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            throw EngineFailure.of("What " + name + " wrote cannot be read", e);
        }
        text.toString().lines().forEach(found::add);
        return found.subList(Math.max(0, found.size() - lines), found.size());
    }

    /** In force at once; GPUs change with the next start. */
    void limit(String name, Resources limits) throws LaunchFailure {
        var update = asking.updateContainerCmd(name);
        limits.memoryBytes().ifPresent(bytes -> update.withMemory(bytes).withMemorySwap(bytes));
        limits.cpus().ifPresent(cpus -> update.withNanoCPUs(HostSettings.nano(cpus)));
        limits.pids().ifPresent(pids -> update.withPidsLimit((long) pids));
        try {
            update.exec();
        } catch (NotFoundException e) {
            // Its next start takes them.
        } catch (RuntimeException e) {
            throw EngineFailure.of("The limits of " + name + " cannot be put in force", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (waiting) {
            asking.close();
        }
    }
}
