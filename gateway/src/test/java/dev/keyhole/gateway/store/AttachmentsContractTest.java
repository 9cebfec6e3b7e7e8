package dev.keyhole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.AttachmentStore;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store must do with attached hosts, whatever it keeps them in. */
class AttachmentsContractTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final PrincipalName BOB = new PrincipalName("bob");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private record Opened(AttachmentStore get, Closeable closing) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            closing.close();
        }
    }

    private record InMemory(Map<PrincipalName, AttachedHost> hosts) implements AttachmentStore {
        @Override
        public List<AttachedHost> load() {
            return List.copyOf(hosts.values());
        }

        @Override
        public void put(AttachedHost host) {
            hosts.put(host.owner(), host);
        }

        @Override
        public void delete(PrincipalName owner) {
            hosts.remove(owner);
        }
    }

    enum Kind {
        MEMORY {
            @Override
            Opened open(AttachmentsContractTest test) {
                return new Opened(test.memory, () -> {});
            }
        },
        SQLITE {
            @Override
            Opened open(AttachmentsContractTest test) throws IOException {
                SqliteStore store =
                        SqliteStore.open(test.directory.resolve("keyhole.db"), KeyRules.usual());
                return new Opened(store.attachments(), store);
            }
        };

        abstract Opened open(AttachmentsContractTest test) throws IOException;
    }

    @TempDir Path directory;

    private final InMemory memory = new InMemory(new ConcurrentHashMap<>());

    @ParameterizedTest
    @EnumSource
    void whatWasAttachedIsThereAfterAReopeningWithEveryDetail(Kind kind) throws Exception {
        try (Opened store = kind.open(this)) {
            store.get().put(host(ADA, "gpu1.example", 8888));
            store.get().put(host(BOB, "fd00::7", 9999));
        }
        try (Opened store = kind.open(this)) {
            assertThat(store.get().load())
                    .containsExactlyInAnyOrder(
                            host(ADA, "gpu1.example", 8888), host(BOB, "fd00::7", 9999));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondHostOfTheSameOwnerTakesThePlaceOfTheFirst(Kind kind) throws Exception {
        try (Opened store = kind.open(this)) {
            store.get().put(host(ADA, "one", 8888));
            store.get().put(host(ADA, "two", 9999));
            assertThat(store.get().load()).containsExactly(host(ADA, "two", 9999));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDetachedIsGoneAndDetachingAgainChangesNothing(Kind kind) throws Exception {
        try (Opened store = kind.open(this)) {
            store.get().put(host(ADA, "one", 8888));
            store.get().put(host(BOB, "two", 8888));
            store.get().delete(ADA);
            store.get().delete(ADA);
        }
        try (Opened store = kind.open(this)) {
            assertThat(store.get().load()).containsExactly(host(BOB, "two", 8888));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasAHostGetsNoSecondOneAndTheFirstStays(Kind kind) throws Exception {
        try (Opened store = kind.open(this)) {
            Attachments attachments = Attachments.open(store.get(), owner -> directory);
            assertThat(attachments.attach(host(ADA, "one", 8888))).isTrue();
            assertThat(attachments.attach(host(ADA, "two", 8888))).isFalse();
            assertThat(attachments.of(ADA)).contains(host(ADA, "one", 8888));
            assertThat(attachments.detach(ADA)).contains(host(ADA, "one", 8888));
            assertThat(attachments.of(ADA)).isEmpty();
            assertThat(store.get().load()).isEmpty();
        }
    }

    private static AttachedHost host(PrincipalName owner, String name, int port) {
        return new AttachedHost(
                owner,
                new SshHost.Place.Tcp(name, 22),
                "me",
                "ssh-ed25519 AAAA",
                new TreeMap<>(Map.of(ServiceName.JUPYTER, port, ServiceName.TENSORBOARD, 6006)),
                NOON);
    }
}
