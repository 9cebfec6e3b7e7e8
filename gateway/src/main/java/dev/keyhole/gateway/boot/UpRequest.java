package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.LauncherKind;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.config.Located;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person asked {@code up} for: one machine, one principal, no config file. */
public record UpRequest(
        Path home,
        ListenAddress listen,
        Optional<String> advertise,
        PrincipalName principal,
        List<KeyDiscovery.FoundKey> keys,
        boolean tensorflow,
        int rsaMin,
        List<AddressBlock> exempt,
        Optional<Boolean> shell) {
    private static final int JUPYTER = 8888;
    private static final int TENSORBOARD = 6006;

    /** The same as a config. The one principal owns the machine, so its other loopback ports are its own business. */
    public Config config() {
        List<Located<String>> lines =
                keys.stream().map(key -> new Located<>(key.line(), 1)).toList();
        return new Config(
                listen,
                home,
                LauncherKind.PROCESS,
                new Config.Services(JUPYTER, TENSORBOARD, Optional.empty(), true),
                Config.WorkspaceLimits.usual(),
                Config.Containers.usual(),
                Config.Limits.usual(),
                Config.Sessions.usual(),
                Config.Ban.usual(exempt),
                Config.Audit.usual(),
                Config.Metrics.usual(),
                rsaMin,
                new TreeMap<>(
                        Map.of(principal, new Config.PrincipalKeys(lines, List.of(), shell))));
    }
}
