package dev.keyhole.system.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example for Prometheus: loaded by its own checker, and about metrics that there are. */
final class DeployedFilesTest {
    private static final Path DEPLOY = Places.checkout().resolve("deploy/prometheus");
    private static final Pattern METRIC = Pattern.compile("\\bkeyhole_[a-z_]+");

    @Test
    void prometheusReadsTheConfigAndTheRules() {
        Optional<PromTool> promtool = PromTool.find();
        assumeTrue(promtool.isPresent(), "no promtool here");
        Ran config = promtool.get().check("config", DEPLOY.resolve("prometheus.yml"));
        assertThat(config.exit()).as(config.toString()).isZero();
        Ran rules = promtool.get().check("rules", DEPLOY.resolve("keyhole.rules.yml"));
        assertThat(rules.exit()).as(rules.toString()).isZero();
    }

    @Test
    void everyMetricOfTheRulesIsOneThatThereIs() throws IOException {
        String page = Files.readString(Places.checkout().resolve("docs/metrics.md"));
        String rules = Files.readString(DEPLOY.resolve("keyhole.rules.yml"));
        Set<String> named = new TreeSet<>();
        METRIC.matcher(rules).results().forEach(found -> named.add(found.group()));
        assertThat(named).isNotEmpty().allMatch(metric -> page.contains("| `" + metric + "` |"));
    }

    /** ssh itself reads the options of the unit's command line. */
    @Test
    void sshUnderstandsTheTunnelsOptions() throws IOException {
        String unit = Files.readString(DEPLOY.resolve("keyhole-metrics.service"));
        String start = unit.substring(unit.indexOf("ExecStart=") + "ExecStart=".length());
        String command = start.replace("\\\n", " ").lines().findFirst().orElseThrow();
        List<String> words = List.of(command.strip().split(" +"));
        List<String> asked =
                Stream.concat(Stream.of("ssh", "-G"), words.subList(1, words.size()).stream())
                        .toList();
        Ran ran = Ran.of(Duration.ofSeconds(10), asked).orFail();
        assertThat(ran.stdout())
                .contains("localforward [127.0.0.1]:9464 [metrics]:80")
                .contains("stricthostkeychecking true")
                .contains("exitonforwardfailure yes");
    }
}
