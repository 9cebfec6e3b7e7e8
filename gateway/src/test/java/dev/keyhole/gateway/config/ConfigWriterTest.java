package dev.keyhole.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigWriterTest {
    private static final String EVERYTHING =
            """
            listen: "[0:0:0:0:0:0:0:0]:2200"
            home: "/srv/key hole/\\"x\\""
            launcher: container
            container: {image: "registry.test:5000/lab/workspace:1@sha256:0a", engine: /run/podman/podman.sock, network: none}
            rsa-min: 2048
            services:
              jupyter: {port: 9999}
              tensorboard: {port: 7007, logdir: "runs: all"}
              own-loopback: allow
            workspace: {memory: 1536MiB, cpus: 0.5, idle-after: 90m, most: 12, keep-most: 1d}
            limits: {sessions: 3, forwards: 40, bytes-per-second: 10MiB}
            ban: {exempt: [10.0.0.0/8, "2001:db8::1"]}
            audit:
              retain: 365d
              syslog: "tls://logs.example:6514"
              syslog-ca: /etc/logs.pem
              syslog-name: logs
              syslog-facility: local3
              checkpoint-file: /mnt/notes
              checkpoint-command: [/usr/bin/send, "--to", a "b" c]
            metrics: {service: on}
            principals:
              ada:
                keys: ['from="10.0.0.1" ssh-ed25519 AAAA # "ada"', ssh-ed25519 BBBB]
              ada-2: {key-files: [/etc/ada.pub], shell: allow}
              ada_3: {keys: [ssh-ed25519 CCCC], key-files: [/etc/ada.pub]}
            """;

    @Test
    void whatIsWrittenReadsBackAsTheSameConfig() {
        Config config = read(EVERYTHING);
        String written = ConfigWriter.write(config);

        assertThat(ConfigWriter.write(read(written))).isEqualTo(written);
        assertThat(read(written))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*line")
                .isEqualTo(config);
    }

    @Test
    void everyKeyOfTheTableIsWritten() {
        String written = ConfigWriter.write(read(EVERYTHING));

        for (Key<?> key : ConfigTable.KEYS) {
            assertThat(written)
                    .contains(key.path().substring(key.path().lastIndexOf('.') + 1) + ": ");
        }
    }

    private static Config read(String yaml) {
        return ((ConfigReading.Valid) new ConfigReader().read(yaml, Path.of("/"))).config();
    }
}
