package dev.keyhole.system.hostile;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority as people run one: a key, and {@code ssh-keygen -s}. */
record Authority(Path place, KeyFile key) {
    static Authority make(Path place, String name, String... type) {
        return new Authority(place, KeyFile.make(place, name, type));
    }

    /** A new key of that type with its certificate beside it, where ssh finds it. */
    KeyFile certified(String name, List<String> type, String... options) {
        KeyFile holder = KeyFile.make(place, name, type.toArray(String[]::new));
        sign(holder, name, options);
        return holder;
    }

    /** Puts a certificate beside a key. */
    void sign(KeyFile holder, String keyId, String... options) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-s"));
        command.addAll(List.of(key.file().toString(), "-I", keyId));
        command.addAll(List.of(options));
        command.add(holder.publicFile().toString());
        Ran.of(Duration.ofSeconds(20), command).orFail();
    }
}
