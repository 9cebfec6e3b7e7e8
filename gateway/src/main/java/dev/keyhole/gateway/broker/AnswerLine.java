package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.RunningService;
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
    private static final String PART = "part ";

    private AnswerLine() {}

    static String of(RunningService running) {
        if (!(running.endpoint() instanceof Endpoint.Unix(Path socket, String user))) {
            throw new IllegalArgumentException("A launcher of this machine has unix sockets only");
        }
        return SERVICE
                + running.service()
                + " "
                + running.pid()
                + " "
                + running.startTime()
                + " "
                + user
                + " "
                + socket;
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

    static Optional<RunningService> parse(PrincipalName owner, String line) {
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
