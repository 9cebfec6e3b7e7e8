package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.LauncherKind;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.config.Located;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a gateway put into a container for its inner door: the host key that it has pinned, the one key that it will log in
 * with, and whose workspace this is.
 *
 * @param directory of {@code host_key}, {@code authorized_keys} and {@code principal}
 * @param socket where the inner door is to listen
 */
public record Planted(Path directory, Path socket) {
    private static final int JUPYTER = 8888;
    private static final int TENSORBOARD = 6006;

    /** The gateway's limits hold; these only keep it from running into the inner door's. */
    private static final Config.Limits OF_A_GATEWAY = new Config.Limits(64, 4096, Optional.empty());

    /** Whether a gateway was here. */
    boolean isThere() {
        return Files.isDirectory(directory);
    }

    /** The host key of the gateway's choice, in place of whatever another container had on this volume. */
    void placeHostKey(HomeLayout home) throws IOException {
        String key = Files.readString(directory.resolve("host_key"));
        boolean same = Files.exists(home.hostKey()) && Files.readString(home.hostKey()).equals(key);
        if (!same) {
            Files.deleteIfExists(home.hostPublicKey());
            WrittenWhole.write(home.hostKey(), key, "rw-------");
        }
    }

    /** The inner door's config: nothing but the gateway's key, which may do all that its owner's workspace offers. */
    Config config(Path state) throws IOException {
        List<Located<String>> keys =
                Files.readString(directory.resolve("authorized_keys"))
                        .lines()
                        .map(line -> new Located<>(line, 1))
                        .toList();
        return new Config(
                ListenAddress.socket(socket),
                state,
                LauncherKind.PROCESS,
                new Config.Services(JUPYTER, TENSORBOARD, Optional.empty(), true),
                Config.WorkspaceLimits.usual(),
                Config.Containers.usual(),
                OF_A_GATEWAY,
                Config.Sessions.usual(),
                Config.Ban.usual(List.of(AddressBlock.parse("127.0.0.0/8"))),
                Config.Audit.usual(),
                Config.Metrics.usual(),
                KeyRules.USUAL_RSA_MIN,
                new TreeMap<>(
                        Map.of(
                                principal(),
                                new Config.PrincipalKeys(keys, List.of(), Optional.of(true)))));
    }

    private PrincipalName principal() throws IOException {
        try {
            return new PrincipalName(Files.readString(directory.resolve("principal")).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(directory.resolve("principal") + ": " + e.getMessage(), e);
        }
    }
}
