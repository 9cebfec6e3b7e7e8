package dev.keyhole.gateway.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.operator.Operator;
import dev.keyhole.gateway.control.operator.OperatorVerbs;
import dev.keyhole.gateway.control.operator.Talk;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One operator's connection: a request, its answer, the next one. Everything runs on the connection's thread. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /** A class of some thousand people as CSV. */
    static final int LONGEST_REQUEST = 4 * 1024 * 1024;

    private static final JsonReader JSON = new JsonReader(LONGEST_REQUEST);

    private final OperatorVerbs verbs;
    private final Operator who;
    private final BoundedLines lines;

    Conversation(OperatorVerbs verbs, Operator who, SocketChannel channel) {
        this.verbs = verbs;
        this.who = who;
        this.lines = new BoundedLines(channel, LONGEST_REQUEST);
    }

    /** Answers until the other side has no more to ask, or breaks the rules for lines. */
    void run() throws IOException, InterruptedException {
        try {
            for (Optional<String> line = lines.read(); line.isPresent(); line = lines.read()) {
                lines.write(line(answer(line.get())));
            }
        } catch (NotJson e) {
            // Where the next request would begin is not known any more.
            lines.write(line(misunderstood(e)));
        }
    }

    private Answer answer(String request) throws IOException, InterruptedException {
        Map<String, @Nullable Object> members;
        try {
            members = JSON.object(request);
        } catch (NotJson e) {
            return misunderstood(e);
        }
        try {
            return verbs.run(who, members, new Lines());
        } catch (RuntimeException e) {
            LOG.error("A request to the control socket failed", e);
            return refusal(
                    ExitStatus.FAILED,
                    "INTERNAL",
                    "Something unexpected happened; the door's log has the details.");
        }
    }

    private static Answer misunderstood(NotJson e) {
        return refusal(
                ExitStatus.USAGE,
                Code.REQUEST_INVALID.name(),
                "The request was not understood: " + e.getMessage() + ".");
    }

    private static Answer refusal(ExitStatus status, String code, String text) {
        return new Answer(status, code + ": " + text + "\n", Map.of("code", code, "error", text));
    }

    /** For somebody who is no operator; nothing that it says is read. */
    static void refuseStranger(SocketChannel channel) throws IOException {
        String text = Code.OPERATOR_ONLY.meaning() + " " + Code.OPERATOR_ONLY.nextMove();
        new BoundedLines(channel, 0)
                .write(line(refusal(ExitStatus.REFUSED, Code.OPERATOR_ONLY.name(), text)));
    }

    /** The last line of an answer: its status, and the same for a person and for a program. */
    private static String line(Answer answer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", answer.status().number());
        members.put("text", answer.text());
        members.put("document", answer.document());
        return Json.write(members);
    }

    /** Lines before the last one. */
    private final class Lines implements Talk {
        @Override
        public void progress(String text) {
            try {
                lines.write(Json.write(Map.of("progress", text)));
            } catch (IOException e) {
                LOG.debug("Nobody looks any more: {}", e.getMessage());
            }
        }

        @Override
        public void line(String text) throws IOException {
            lines.write(Json.write(Map.of("line", text)));
        }

        @Override
        public void quiet() throws IOException {
            lines.write(Json.write(Map.of("quiet", true)));
        }
    }
}
