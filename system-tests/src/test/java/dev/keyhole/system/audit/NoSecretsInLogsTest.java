package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * U4 of the security bar: what people keep for themselves goes through the door and into none of its logs. The line of a
 * command is the one thing that is written down on purpose; it shows that this test would find the others.
 */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NoSecretsInLogsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Sends a password, whether it was offered or not; stock ssh would not. */
    private static final String TRIES_A_PASSWORD =
            """
            import paramiko, sys
            transport = paramiko.Transport(("127.0.0.1", int(sys.argv[1])))
            transport.start_client(timeout=20)
            try:
                transport.auth_password("ada", sys.argv[2], fallback=False)
            except paramiko.SSHException:
                pass
            transport.close()
            """;

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final String commandLine = secret();
    private Door door;
    private Path export;

    private static String secret() {
        return UUID.randomUUID().toString();
    }

    private String planted(String what) {
        return secrets.computeIfAbsent(what, any -> secret());
    }

    @BeforeAll
    void plantThem() throws IOException {
        door = Door.up();
        door.keyhole("principal", "set", "ada", "--shell").orFail();
        throughTheForward();
        throughACommand();
        Ran.of(
                        LONG,
                        "/usr/bin/python3",
                        "-B",
                        "-c",
                        TRIES_A_PASSWORD,
                        "" + door.port(),
                        planted("a password that was tried"))
                .orFail();
        KeyFile stranger = KeyFile.make(door.setup().place(), "stranger");
        assertThat(door.ssh().withKey(stranger).run("true").exit()).isEqualTo(255);
        secrets.put("a private key that failed", body(stranger.file()));
        secrets.put("ada's private key", body(door.setup().keys().getFirst().file()));
        secrets.put("the host key", body(door.home().resolve("door/ssh_host_ed25519_key")));
        secrets.put("the audit's key", body(door.home().resolve("door/audit-signing-key")));
        export = door.setup().place().resolve("export.jsonl");
        door.keyhole("audit", "export", "--to", export.toString()).orFail();
        door.stop();
    }

    @AfterAll
    void down() {
        if (door != null) {
            door.close();
        }
    }

    private void throughTheForward() throws IOException {
        try (Tunnel tunnel = door.ssh().tunnelTo(8888)) {
            String url =
                    tunnel.url("/api/status?token=" + planted("a token in a query")).toString();
            Ran.of(
                            LONG,
                            "curl",
                            "-sS",
                            "-H",
                            "Authorization: token " + planted("a token in a header"),
                            "-b",
                            "session=" + planted("a cookie"),
                            "-u",
                            "ada:" + planted("a password for the notebook"),
                            url)
                    .orFail();
            Notebook notebook = Notebook.through(tunnel);
            Path text = door.setup().place().resolve("text");
            Files.writeString(text, planted("text of a notebook"));
            notebook.put("diary.txt", text);
            String kernel = notebook.startKernel();
            String typed = planted("text typed into a kernel");
            assertThat(notebook.run(kernel, "print('" + typed + "')")).contains(typed);
        }
    }

    private void throughACommand() throws IOException {
        Path input = door.setup().place().resolve("input");
        Files.writeString(input, planted("a command's input") + "\n");
        Path output = door.setup().place().resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                                door.ssh()
                                        .with("-o", "SendEnv=LC_SECRET AWS_SECRET_ACCESS_KEY")
                                        .command("cat; cat diary.txt; : " + commandLine))
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_SECRET", planted("a variable that comes along"));
        builder.environment().put("AWS_SECRET_ACCESS_KEY", planted("a variable that does not"));
        Process ssh = builder.start();
        Awaitility.await("the command's end").atMost(LONG).until(() -> !ssh.isAlive());
        assertThat(Files.readString(output)).contains(planted("a command's input"));
    }

    /** The secret half of a key: the middle of OpenSSH's file, the first of the two lines of the audit's. */
    private static String body(Path key) throws IOException {
        List<String> lines = Files.readAllLines(key);
        String body = lines.size() > 2 ? lines.get(lines.size() / 2) : lines.getFirst();
        assertThat(body).hasSizeGreaterThan(20);
        return body;
    }

    private Logs logs() {
        return new Logs(
                List.of(
                        door.home().resolve("log"),
                        door.home().resolve("audit"),
                        door.home().resolve("run"),
                        door.home().resolve("door/keyhole.db"),
                        door.setup().place().resolve("up.out"),
                        door.setup().place().resolve("up.err"),
                        export));
    }

    @Test
    void noneOfThemStandsInAnyLog() throws IOException {
        Logs logs = logs();
        assertThat(logs.files())
                .extracting(file -> file.getFileName().toString())
                .contains("audit.jsonl", "index.db", "auth.log", "up.err", "export.jsonl");
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(14);
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            assertThat(logs.with(secret.getValue())).as(secret.getKey()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenDownOnPurposeIsFoundWhereItBelongs() throws IOException {
        assertThat(logs().with(commandLine))
                .extracting(file -> file.getFileName().toString())
                .as("a copy of the audit's own files names no principal's deeds")
                .contains("export.jsonl")
                .doesNotContain("audit.jsonl");
    }

    @Test
    void oneThatWasWrittenByMistakeWouldBeFound() throws IOException {
        Path copies = Files.createDirectory(door.setup().place().resolve("copies"));
        for (Path file : logs().files()) {
            Files.copy(file, copies.resolve(file.getFileName() + "-" + file.hashCode()));
        }
        Logs copied = new Logs(List.of(copies));
        for (Path file : copied.files()) {
            String secret = secret();
            assertThat(copied.with(secret)).isEmpty();
            Files.writeString(
                    file, "one line " + secret + "\n", java.nio.file.StandardOpenOption.APPEND);
            assertThat(copied.with(secret)).containsExactly(file);
        }
    }
}
