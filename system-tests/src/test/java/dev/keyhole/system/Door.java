package dev.keyhole.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** One running {@code keyhole up}, started as a user would, with a home of its own. Not thread-safe. */
public final class Door implements AutoCloseable {
    private static final Duration READY =
            Duration.ofMinutes(15); // may build, and install TensorFlow

    private final DoorSetup setup;
    private final Process up;
    private final JsonObject ready;

    private Door(DoorSetup setup, Process up, JsonObject ready) {
        this.setup = setup;
        this.up = up;
        this.ready = ready;
    }

    /** Starts one with everything as usual. */
    public static Door up() {
        return up(DoorSetup.usual());
    }

    /** Starts one and waits until it says that it is ready. */
    public static Door up(DoorSetup setup) {
        return upUnder(List.of(), setup);
    }

    /** The same under a command such as prlimit, which runs the words after its own. */
    public static Door upUnder(List<String> command, DoorSetup setup) {
        Path out = setup.place().resolve("up.out");
        Path err = setup.place().resolve("up.err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(listening(command, setup.command()))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(setup.environment());
            Process up = builder.start();
            JsonObject ready =
                    Awaitility.await("keyhole up is ready")
                            .atMost(READY)
                            .pollInterval(Duration.ofMillis(50))
                            .until(() -> readyLine(up, out, err), line -> line.has("ready"));
            return new Door(setup, up, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code up} where it is expected to end by itself, refusing to start. */
    public static Ran refused(DoorSetup setup) {
        ProcessBuilder builder = new ProcessBuilder(setup.command());
        builder.environment().putAll(setup.environment());
        return Ran.of(Duration.ofSeconds(60), builder);
    }

    /** A shell ignores some signals for what it starts in the background; a person's terminal does not. */
    private static List<String> listening(List<String> under, List<String> command) {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP"));
        all.addAll(under);
        all.addAll(command);
        return all;
    }

    private static JsonObject readyLine(Process up, Path out, Path err) throws IOException {
        for (String line : Files.readString(out).split("\n", -1)) {
            if (line.startsWith("{") && line.endsWith("}")) {
                return JsonParser.parseString(line).getAsJsonObject();
            }
        }
        if (!up.isAlive()) {
            throw new AssertionError(
                    "keyhole up ended with " + up.exitValue() + "\n" + Files.readString(err));
        }
        return new JsonObject();
    }

    public DoorSetup setup() {
        return setup;
    }

    /** What {@code up --json} printed. */
    public JsonObject ready() {
        return ready;
    }

    public int port() {
        return ready.getAsJsonObject("ssh").get("port").getAsInt();
    }

    /** The host key's fingerprint. */
    public String hostKey() {
        return ready.getAsJsonObject("ssh").get("hostKey").getAsString();
    }

    /** The services and their virtual ports, as the ready line names them. */
    public Map<String, Integer> services() {
        Map<String, Integer> services = new LinkedHashMap<>();
        for (JsonElement service : ready.getAsJsonArray("services")) {
            JsonObject named = service.getAsJsonObject();
            services.put(named.get("name").getAsString(), named.get("port").getAsInt());
        }
        return services;
    }

    /** The virtual port of a service that must be there. */
    public int portOf(String service) {
        Integer port = services().get(service);
        if (port == null) {
            throw new AssertionError("no service " + service + " in " + ready);
        }
        return port;
    }

    public Path home() {
        return setup.home();
    }

    public AuditTrail audit() {
        return new AuditTrail(home().resolve("audit/audit.jsonl"));
    }

    /** The process that holds the sessions: one of its own where a broker guards it, else {@code up} itself. */
    public long doorPid() {
        return Files.exists(home().resolve("run/door.pid")) ? pidIn("run/door.pid") : upPid();
    }

    /** The process that {@code down} ends. */
    public long upPid() {
        return pidIn("run/up.pid");
    }

    private long pidIn(String file) {
        try {
            return Long.parseLong(Files.readString(home().resolve(file)).strip().split("\\s+")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The main process of a service that runs, as the principal's own status names it. */
    public long pidOf(String service) {
        String status = ssh().run("keyhole", "status", "--json").orFail().stdout();
        return JsonParser.parseString(status)
                .getAsJsonObject()
                .getAsJsonArray("services")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .filter(named -> named.get("name").getAsString().equals(service))
                .mapToLong(named -> named.get("pid").getAsLong())
                .findFirst()
                .orElseThrow();
    }

    /** What {@code up} complained about so far. */
    public String stderr() {
        try {
            return Files.readString(setup.place().resolve("up.err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stock ssh as the door's own user. */
    public Ssh ssh() {
        return new Ssh(this, setup.keys().getFirst());
    }

    /** Sends a signal, such as {@code INT}, to {@code up}. */
    public void signal(String name) {
        Ran.of(Duration.ofSeconds(10), "kill", "-" + name, "" + up.pid()).orFail();
    }

    /** Waits until {@code up} has ended; gives its exit status. */
    public int awaitEnd(Duration patience) {
        Awaitility.await("keyhole up ends").atMost(patience).until(() -> !up.isAlive());
        return up.exitValue();
    }

    /** SIGKILL for the process that holds the sessions. */
    public void kill9() {
        kill9(doorPid());
    }

    /** SIGKILL for the process that {@code down} would end. */
    public void kill9Up() {
        kill9(upPid());
    }

    private static void kill9(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Awaitility.await("process " + pid + " is gone").until(() -> !Processes.isAlive(pid));
    }

    /** Another start on the same home, after this one has ended. */
    public Door upAgain() {
        return up(setup);
    }

    /** {@code keyhole VERB... --home HOME} against this door. */
    public Ran keyhole(String... words) {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(Places.command().toString());
        builder.command().addAll(List.of(words));
        builder.command().addAll(List.of("--home", home().toString()));
        builder.environment().putAll(setup.environment());
        return Ran.of(Duration.ofSeconds(60), builder);
    }

    /** {@code keyhole down}; afterwards nothing of this home runs any more. */
    public void stop() {
        keyhole("down").orFail();
        Awaitility.await("keyhole up ends")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !up.isAlive());
        Awaitility.await("nothing of " + home() + " runs any more")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Processes.of(home())).isEmpty());
    }

    /** Stops it if need be and removes everything that it has left. */
    @Override
    public void close() {
        if (up.isAlive() || !Processes.of(home()).isEmpty()) {
            stop();
        }
        Places.remove(setup.place());
    }
}
