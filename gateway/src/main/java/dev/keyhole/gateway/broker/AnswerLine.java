package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.SshHost;
import java.nio.file.Path;
import java.util.Optional;

/** How a running service is written into an answer. */
final class AnswerLine {
    /** Longest answer line in bytes, without its end. */
    static final int LONGEST = 8_192;

    static final String DONE = "done";
    static final String FAILED = "failed ";
    static final String LINE = "line ";
    static final String CONNECTED = "connected";
    private static final String SERVICE = "service ";
    private static final String HOP = "hop ";
    private static final String PART = "part ";

    private AnswerLine() {}

    static String of(RunningService running) {
        String process = running.service() + " " + running.pid() + " " + running.startTime() + " ";
        return switch (running.endpoint()) {
            case Endpoint.Unix(Path socket, String user) -> SERVICE + process + user + " " + socket;
            case Endpoint.Hop(
                            SshHost(
                                    SshHost.Place.Socket(Path socket),
                                    String login,
                                    String key,
                                    Path identity),
                            String destination,
                            int port) ->
                    HOP
                            + process
                            + login
                            + " "
                            + destination
                            + " "
                            + port
                            + " "
                            + key
                            + " "
                            + socket;
            case Endpoint.Hop far -> throw foreign();
            case Endpoint.OwnLoopback own -> throw foreign();
            case Endpoint.Shared shared -> throw foreign();
        };
    }

    private static IllegalArgumentException foreign() {
        return new IllegalArgumentException(
                "A launcher of this machine has unix sockets and inner doors only");
    }

    static String of(IsolationPart part) {
        return PART + part.word() + " " + (part.inForce() ? "yes" : "no " + part.why());
    }

    static Optional<IsolationPart> parsePart(String line) {
        String[] words = line.split(" ", 4);
        if (!line.startsWith(PART) || words.length < 3) {
            return Optional.empty();
        }
        return Optional.of(
                words[2].equals("yes")
                        ? IsolationPart.stands(words[1])
                        : IsolationPart.missing(words[1], words.length > 3 ? words[3] : ""));
    }

    /** @param identity what the asking door logs in with at inner doors */
    static Optional<RunningService> parse(PrincipalName owner, Path identity, String line) {
        try {
            return line.startsWith(HOP)
                    ? Optional.of(hop(owner, identity, line.split(" ", 10)))
                    : parse(owner, line);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** {@code hop SERVICE PID START LOGIN DESTINATION PORT KEYTYPE KEY SOCKET}. */
    private static RunningService hop(PrincipalName owner, Path identity, String[] words) {
        SshHost host =
                new SshHost(
                        new SshHost.Place.Socket(Path.of(words[9])),
                        words[4],
                        words[7] + " " + words[8],
                        identity);
        return new RunningService(
                owner,
                new ServiceName(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                new Endpoint.Hop(host, words[5], Integer.parseInt(words[6])));
    }

    private static Optional<RunningService> parse(PrincipalName owner, String line) {
        String[] words = line.split(" ", 6);
        if (words.length != 6 || !line.startsWith(SERVICE)) {
            return Optional.empty();
        }
        try {
            var endpoint = new Endpoint.Unix(Path.of(words[5]), words[4]);
            return Optional.of(
                    new RunningService(
                            owner,
                            new ServiceName(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            endpoint));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
