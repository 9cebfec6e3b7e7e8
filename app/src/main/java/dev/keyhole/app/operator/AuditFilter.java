package dev.keyhole.app.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of the audit; every option narrows it, several values of one widen it. */
final class AuditFilter {
    @Option(names = "--principal", split = ",", paramLabel = "NAME", description = "Whose.")
    private List<String> principal = List.of();

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            description = "From where; also 10.0.0.0/8.")
    private @Nullable String source;

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "SHA256:…",
            description = "By a key's fingerprint.")
    private List<String> key = List.of();

    @Option(names = "--service", split = ",", paramLabel = "NAME", description = "To a service.")
    private List<String> service = List.of();

    @Option(
            names = "--code",
            split = ",",
            paramLabel = "CODE",
            description = "With a code such as AUTH_FAILED, or another reason.")
    private List<String> code = List.of();

    @Option(
            names = "--action",
            split = ",",
            paramLabel = "ACTION",
            description = "Of a kind such as login or forward-opened.")
    private List<String> action = List.of();

    @Option(
            names = "--outcome",
            split = ",",
            paramLabel = "OUTCOME",
            description = "success, failure or unknown.")
    private List<String> outcome = List.of();

    @Option(names = "--session", split = ",", paramLabel = "ID", description = "Of a session.")
    private List<String> session = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: 2027-01-31, 2027-01-31T18:00, or 2h for two hours ago.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private @Nullable String until;

    @Option(
            names = "--open-at",
            paramLabel = "TIME",
            description = "The logins whose session was open then.")
    private @Nullable String openAt;

    Request in(Request request) {
        return request.with("principal", principal)
                .with("source", source)
                .with("key", key)
                .with("service", service)
                .with("code", code)
                .with("action", action)
                .with("outcome", outcome)
                .with("session", session)
                .with("since", since)
                .with("until", until)
                .with("openAt", openAt);
    }
}
