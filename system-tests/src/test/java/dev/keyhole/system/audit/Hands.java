package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Ssh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the deeds are done with: ada's ssh, and the operator's command. */
record Hands(Door door) {
    static final String ADA = "ada";

    Ssh ssh() {
        return door.ssh();
    }

    static void fails(Ssh ssh) {
        Ran ran = ssh.run("keyhole", "me");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
    }

    static void refusedForward(Ssh ssh, String host, int port) {
        Ran ran = ssh.with("-W", host + ":" + port).run();
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(255);
    }

    Ran keyhole(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(Places.command().toString(), "--home", door.home().toString()));
        command.addAll(List.of(words));
        return Ran.of(Duration.ofSeconds(90), command);
    }

    void run(String... words) {
        keyhole(words).orFail();
    }

    static String file(KeyFile key) {
        return key.publicFile().toString();
    }

    KeyFile key(String name) {
        return KeyFile.make(door.setup().place(), name);
    }

    /** What every act of an operator leaves. @param principal whom it is about; empty for nobody */
    static Deed.Trace acted(String verb, String principal) {
        return Deed.trace("operator-acted", "keyhole.verb", verb, "user.name", principal);
    }
}
