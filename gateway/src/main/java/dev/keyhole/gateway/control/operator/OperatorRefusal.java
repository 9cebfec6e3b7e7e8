package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An operator does not get what was asked. The text says what happened, what holds, and the next move. */
public final class OperatorRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final transient Refusal refusal;
    private final transient List<String> problems;

    private OperatorRefusal(ExitStatus status, Refusal refusal, List<String> problems) {
        super(refusal.message(), null, false, false);
        this.status = status;
        this.refusal = refusal;
        this.problems = List.copyOf(problems);
    }

    /** With a text of its own. */
    static OperatorRefusal of(ExitStatus status, Code code, String text) {
        return new OperatorRefusal(status, new Refusal(code, text, text), List.of());
    }

    /** With the code's own text. */
    static OperatorRefusal of(ExitStatus status, Code code) {
        return new OperatorRefusal(status, Refusal.of(code, ""), List.of());
    }

    /** With everything that is wrong, a line each. */
    static OperatorRefusal of(ExitStatus status, Code code, List<String> problems) {
        return new OperatorRefusal(
                status, Refusal.of(code, problems.size() + " problems"), problems);
    }

    /** The request itself cannot be understood. */
    static OperatorRefusal usage(String text) {
        return of(ExitStatus.USAGE, Code.REQUEST_INVALID, text);
    }

    /** There is nothing of that name. */
    static OperatorRefusal unknown(String text) {
        return of(ExitStatus.REFUSED, Code.SUBJECT_UNKNOWN, text);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** As every answer of the control socket looks. */
    public Answer answer() {
        StringBuilder text = new StringBuilder(refusal.message()).append('\n');
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", refusal.code());
        document.put("error", refusal.text());
        if (!problems.isEmpty()) {
            problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
            document.put("problems", problems);
        }
        return new Answer(status, text.toString(), document);
    }
}
