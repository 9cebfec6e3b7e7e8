package dev.keyhole.gateway.workspace;

import java.util.List;
import java.util.Objects;

/** A service could not be started. The message is one sentence for the person; the log lines show why. */
public final class LaunchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lastLog;

    public LaunchFailure(String message, List<String> lastLog) {
        super(message);
        this.lastLog = List.copyOf(lastLog);
    }

    /** The last lines that the service wrote before it gave up; may be empty. */
    public List<String> lastLog() {
        return lastLog;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
