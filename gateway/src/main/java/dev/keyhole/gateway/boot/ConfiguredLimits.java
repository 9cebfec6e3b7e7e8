package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.Allowance;
import dev.keyhole.gateway.config.Config;
import java.util.OptionalLong;

/** What the config allows each principal that an operator gave no limits of its own. */
final class ConfiguredLimits {
    private ConfiguredLimits() {}

    static Allowance of(Config config) {
        Config.Limits limits = config.limits();
        return new Allowance(
                limits.sessions(),
                limits.forwards(),
                limits.bytesPerSecond()
                        .map(size -> OptionalLong.of(size.bytes()))
                        .orElseGet(OptionalLong::empty),
                1);
    }
}
