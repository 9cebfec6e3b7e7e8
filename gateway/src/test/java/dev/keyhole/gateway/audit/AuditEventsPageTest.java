package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.ReferencePage;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditEventsPageTest {
    @TempDir static Path place;

    private static final Pattern FIELD = Pattern.compile("[{,]\"([a-z0-9_@.]+)\":");

    @Test
    void thePageListsExactlyTheEventsThatThereAre() throws Exception {
        assertThat(ReferencePage.compared("audit-events.md", page()))
                .as("docs/audit-events.md is generated; run bin/regenerate-docs")
                .isEqualTo(page());
    }

    @Test
    void everyEventSaysWhenWhatAndHowItWentAndHasItsPlaceInTheOrder() throws Exception {
        for (Class<?> kind : kinds()) {
            assertThat(fields(kind))
                    .as(kind.getSimpleName())
                    .contains(
                            "@timestamp",
                            "event.sequence",
                            "keyhole.previous",
                            "event.action",
                            "event.category",
                            "event.outcome");
        }
    }

    private static String page() throws Exception {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Audit events

                        Generated from the sealed event types; `bin/regenerate-docs` rewrites this page.

                        One JSON object a line, in `HOME/audit/audit.jsonl` and the full segments beside it, on disk before the effect that it allows. Field
                        names follow the Elastic Common Schema; what it has no name for is under `keyhole.`. Every event has `@timestamp` (UTC,
                        milliseconds), `event.sequence` (no gaps), `keyhole.previous` (SHA-256 of the line before, in hex; of the chain's id before
                        the first), `event.action`, `event.category` and `event.outcome`. `event.duration` is in nanoseconds; `source.bytes` came from the client, `destination.bytes` from the service.
                        What an event says about a principal stands in the files as a token and is read again by the verbs, by syslog and by an export ([audit.md](audit.md)); read so, `source.ip` is an address, always. `source.address` may also be a network of IPv6, or `many`; when it is an address, `source.ip` stands beside it.

                        | `event.action` | further fields |
                        |---|---|
                        """);
        for (Class<?> kind : kinds()) {
            List<String> further =
                    fields(kind).stream()
                            .filter(field -> !field.startsWith("@"))
                            .filter(field ->
                                    !List.of(
                                                    "event.sequence",
                                                    "keyhole.previous",
                                                    "event.action",
                                                    "event.category",
                                                    "event.outcome")
                                            .contains(field))
                            .map(field -> "`" + field + "`")
                            .toList();
            page.append("| `%s` | %s |%n".formatted(action(kind), String.join(", ", further)));
        }
        return page.toString();
    }

    private static List<Class<?>> kinds() {
        return Arrays.stream(Objects.requireNonNull(AuditEvent.class.getPermittedSubclasses()))
                .<Class<?>>map(kind -> kind)
                .toList();
    }

    private static String action(Class<?> kind) throws Exception {
        Matcher action = Pattern.compile("\"event.action\":\"([^\"]+)\"").matcher(line(kind));
        assertThat(action.find()).isTrue();
        return action.group(1);
    }

    private static List<String> fields(Class<?> kind) throws Exception {
        return FIELD.matcher(line(kind)).results().map(found -> found.group(1)).toList();
    }

    private static String line(Class<?> kind) throws Exception {
        return EcsLine.of(
                Instant.EPOCH,
                1,
                "0".repeat(64),
                (AuditEvent) sample(kind),
                Pseudonyms.open(place.resolve("names")));
    }

    private static Object sample(Class<?> type) throws Exception {
        return switch (type.getSimpleName()) {
            case "long" -> 1L;
            case "boolean" -> false;
            case "Optional" -> Optional.of(new PrincipalName("ada"));
            case "Instant" -> Instant.EPOCH;
            case "String" -> "x";
            case "Duration" -> Duration.ofMillis(1);
            case "Code" -> Code.AUTH_FAILED;
            case "SessionId" -> new SessionId("c-1");
            case "PrincipalName" -> new PrincipalName("ada");
            case "ServiceName" -> new ServiceName("jupyter");
            case "Fingerprint" -> Fingerprint.of(new byte[] {1});
            case "AddressBlock" -> AddressBlock.parse("192.0.2.7");
            case "Source" -> new Source(InetAddress.getLoopbackAddress(), 1);
            default -> {
                RecordComponent[] parts = Objects.requireNonNull(type.getRecordComponents());
                Class<?>[] types =
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
                Object[] values = new Object[types.length];
                for (int i = 0; i < types.length; i++) {
                    values[i] = sample(types[i]);
                }
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                yield constructor.newInstance(values);
            }
        };
    }
}
