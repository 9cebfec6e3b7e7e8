package dev.keyhole.system.audit;

import static dev.keyhole.system.audit.Deed.trace;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Ssh;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What members ask for, and get or do not get. */
final class MemberDeeds {
    private final Hands hands;
    private final KeyFile notebookOnly;
    private final KeyFile noForwards;

    MemberDeeds(Hands hands, KeyFile notebookOnly, KeyFile noForwards) {
        this.hands = hands;
        this.notebookOnly = notebookOnly;
        this.noForwards = noForwards;
    }

    List<Deed> forwards() {
        return List.of(
                Deed.of(
                        "a forward to another host",
                        () -> Hands.refusedForward(hands.ssh(), "169.254.169.254", 80),
                        forwardRefused("SERVICE_UNKNOWN", "169.254.169.254", "80")),
                Deed.of(
                        "a forward to port 0",
                        () -> Python.attack(hands.door(), "session.py", "forwards", "localhost=0"),
                        forwardRefused("DESTINATION_INVALID", "localhost", "0")),
                Deed.of(
                        "a forward to somebody else's port",
                        () -> Hands.refusedForward(hands.ssh(), "localhost", hands.door().port()),
                        forwardRefused("NOT_YOUR_LISTENER", "localhost", "" + hands.door().port())),
                Deed.of(
                        "a forward that the key was not enrolled for",
                        () ->
                                Hands.refusedForward(
                                        hands.ssh().withKey(notebookOnly), "tensorboard", 6006),
                        forwardRefused("SERVICE_NOT_PERMITTED", "tensorboard", "6006")),
                Deed.of(
                        "a forward with a key that forbids it",
                        () ->
                                Hands.refusedForward(
                                        hands.ssh().withKey(noForwards), "jupyter", 8888),
                        forwardRefused("KEY_FORBIDS_FORWARDING", "jupyter", "8888")),
                Deed.of(
                        "the first forward starts the notebook",
                        this::notebookAnswers,
                        trace(
                                "workspace-starting",
                                "user.name",
                                Hands.ADA,
                                "service.name",
                                "jupyter"),
                        trace(
                                "workspace-started",
                                "user.name",
                                Hands.ADA,
                                "service.name",
                                "jupyter"),
                        trace("forward-opened", "service.name", "jupyter"),
                        trace("forward-closed", "service.name", "jupyter")));
    }

    /** Each by its message on one session; see {@code other_directions} in session.py. */
    List<Deed> requests() {
        List<Deed.Trace> traces = new ArrayList<>();
        for (String kind :
                List.of(
                        "direct-streamlocal@openssh.com",
                        "tun@openssh.com",
                        "forwarded-tcpip",
                        "x11",
                        "auth-agent@openssh.com",
                        "auth-agent",
                        "")) {
            traces.add(requestRefused("CHANNEL_TYPE_REFUSED", "channel " + kind));
        }
        for (String request :
                List.of(
                        "tcpip-forward",
                        "cancel-tcpip-forward",
                        "streamlocal-forward@openssh.com")) {
            traces.add(requestRefused("REMOTE_FORWARD_REFUSED", request));
        }
        traces.add(requestRefused("SESSION_REQUEST_REFUSED", "nonsense@example.com"));
        traces.add(requestRefused("COMMAND_UNKNOWN", "exec id"));
        for (String request :
                List.of(
                        "subsystem sftp",
                        "x11-req",
                        "auth-agent-req@openssh.com",
                        "env LD_PRELOAD")) {
            traces.add(requestRefused("SESSION_REQUEST_REFUSED", request));
        }
        return List.of(
                Deed.of(
                        "everything else that carries bytes is asked for",
                        () -> Python.attack(hands.door(), "session.py", "other-directions"),
                        traces.toArray(Deed.Trace[]::new)),
                Deed.of(
                        "a verb that is none",
                        () ->
                                assertThat(hands.ssh().run("keyhole", "frobnicate").exit())
                                        .isEqualTo(2),
                        requestRefused("COMMAND_UNKNOWN", "exec keyhole frobnicate")),
                Deed.of(
                        "a shell that is not granted shows the page",
                        this::looksAtThePage,
                        trace("verb-run", "keyhole.verb", "page")));
    }

    List<Deed> workspace() {
        return List.of(
                Deed.of(
                        "the workspace is kept",
                        () -> hands.ssh().run("keyhole", "keep", "2h").orFail(),
                        trace("verb-run", "keyhole.verb", "keep"),
                        trace("workspace-kept", "user.name", Hands.ADA)),
                Deed.of(
                        "the workspace is kept no longer",
                        () -> hands.ssh().run("keyhole", "keep", "off").orFail(),
                        trace("verb-run", "keyhole.verb", "keep"),
                        trace("workspace-keep-ended", "user.name", Hands.ADA)),
                Deed.of(
                        "its owner starts it anew",
                        () -> hands.ssh().run("keyhole", "restart").orFail(),
                        trace("verb-run", "keyhole.verb", "restart"),
                        trace(
                                "workspace-stopped",
                                "user.name",
                                Hands.ADA,
                                "service.name",
                                "jupyter"),
                        trace("workspace-starting", "service.name", "jupyter"),
                        trace("workspace-started", "service.name", "jupyter")),
                Deed.of(
                        "its owner stops it",
                        () -> hands.ssh().run("keyhole", "stop").orFail(),
                        trace("verb-run", "keyhole.verb", "stop"),
                        trace(
                                "workspace-stopped",
                                "user.name",
                                Hands.ADA,
                                "service.name",
                                "jupyter")),
                Deed.of(
                        "an operator starts it",
                        () -> hands.run("workspace", "start", Hands.ADA),
                        Hands.acted("workspace start", Hands.ADA),
                        trace("workspace-starting", "service.name", "jupyter"),
                        trace("workspace-started", "service.name", "jupyter")));
    }

    List<Deed> commands() {
        return List.of(
                Deed.of(
                        "shell is granted",
                        () -> hands.run("principal", "set", Hands.ADA, "--shell"),
                        Hands.acted("principal set", Hands.ADA)),
                Deed.of(
                        "a command",
                        () -> assertThat(hands.ssh().run("exit 3").exit()).isEqualTo(3),
                        trace("command-started", "process.command_line", "exit 3"),
                        trace("command-ended", "event.reason", "exit status 3")));
    }

    /** By one forward and no second one; a tunnel's port would first be tried. */
    private void notebookAnswers() {
        List<String> ssh = hands.ssh().with("-W", "localhost:8888").command();
        try {
            Process process =
                    new ProcessBuilder(ssh).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            // Its end would end the answer, so it stays open until then.
            try (OutputStream in = process.getOutputStream();
                    InputStream out = process.getInputStream()) {
                in.write("GET /api HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
                in.flush();
                assertThat(new String(out.readAllBytes(), US_ASCII)).contains("200 OK");
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void looksAtThePage() {
        Ran page =
                Ran.of(
                        Duration.ofSeconds(60),
                        piped(
                                "(sleep 2; printf '\\003'; sleep 3) | timeout 10 \"$@\"; true",
                                hands.ssh().with("-tt")));
        assertThat(page.stdout()).contains("you are ada");
    }

    private static List<String> piped(String script, Ssh ssh) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(ssh.command());
        return command;
    }

    private static Deed.Trace forwardRefused(String code, String host, String port) {
        return trace(
                "forward-refused",
                "event.reason",
                code,
                "destination.address",
                host,
                "destination.port",
                port);
    }

    private static Deed.Trace requestRefused(String code, String request) {
        return trace("request-refused", "event.reason", code, "keyhole.request", request);
    }
}
