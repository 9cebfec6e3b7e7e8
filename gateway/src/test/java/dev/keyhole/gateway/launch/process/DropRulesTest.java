package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules are loaded into a kernel, in a network namespace that ends with the command. */
class DropRulesTest {
    private static final SourceGroup FOUR = SourceGroup.parse("192.0.2.7");
    private static final SourceGroup SIX = SourceGroup.parse("2001:db8::7");

    @TempDir private Path directory;

    private final DropRules rules = DropRules.of(Path.of("/var/lib/keyhole"));

    @Test
    void eachHomeHasATableOfItsOwn() {
        assertThat(rules.table()).matches("keyhole_guard_[0-9a-f]{5}");
        assertThat(DropRules.of(Path.of("/srv/other"))).isNotEqualTo(rules);
    }

    @Test
    void onlyTheFirstPacketOfAConnectionToTheDoorIsLookedAt() {
        assertThat(rules.text(ListenAddress.parse("0.0.0.0:2222")))
                .contains("        tcp dport 2222 tcp flags & (syn | ack) == syn jump banned");
        assertThat(rules.text(ListenAddress.parse("192.0.2.1:22")))
                .contains("ip daddr 192.0.2.1 tcp dport 22 tcp flags");
        assertThat(rules.text(ListenAddress.parse("[2001:db8::1]:22")))
                .contains("ip6 daddr 2001:db8:0:0:0:0:0:1 tcp dport 22 tcp flags");
        assertThat(rules.text(ListenAddress.parse("[::]:22"))).doesNotContain("daddr");
    }

    @Test
    void aSourceIsDroppedForItsTimeAndTheLastWordCounts() throws Exception {
        assertThat(
                        kernel(
                                rules.text(ListenAddress.parse("0.0.0.0:2222")),
                                rules.drop(FOUR, 600),
                                rules.drop(FOUR, 1_200),
                                rules.drop(SIX, 60)))
                .anyMatch(line -> line.contains("elements = { 192.0.2.7 timeout 20m expires"))
                .anyMatch(line -> line.contains("elements = { 2001:db8:: timeout 1m expires"));
    }

    @Test
    void whatIsLiftedIsNotDropped() throws Exception {
        String table = rules.text(ListenAddress.parse("[::]:2222"));
        assertThat(kernel(table, rules.drop(FOUR, 600), rules.drop(SIX, 60), rules.lift(FOUR)))
                .noneMatch(line -> line.contains("192.0.2.7"))
                .anyMatch(line -> line.contains("2001:db8::"));
        assertThat(kernel(table, rules.drop(FOUR, 600), rules.drop(SIX, 60), rules.liftAll()))
                .noneMatch(line -> line.contains("elements"));
        assertThat(kernel(table, rules.drop(FOUR, 600), table))
                .as("a new start")
                .noneMatch(line -> line.contains("elements"));
    }

    @Test
    void nothingStaysAndToRemoveNothingIsNoMistake() throws Exception {
        assertThat(kernel(rules.text(ListenAddress.parse("[::]:2222")), rules.remove())).isEmpty();
        assertThat(kernel(rules.remove())).isEmpty();
    }

    /** What the ruleset is after all of these, in a network of its own. */
    private List<String> kernel(String... texts) throws Exception {
        assumeTrue(OsUser.current().isRoot(), "without root there are no packet rules");
        StringBuilder script = new StringBuilder("set -e\n");
        for (int i = 0; i < texts.length; i++) {
            Path file = Files.writeString(directory.resolve(i + ".nft"), texts[i]);
            script.append("nft -f ").append(file).append('\n');
        }
        script.append("nft list ruleset\n");
        return ran("unshare", "--net", "sh", "-c", script.toString());
    }

    private static List<String> ran(String... command) throws LaunchFailure {
        Ran ran =
                Ran.fed(
                        new ProcessBuilder(command),
                        "".getBytes(StandardCharsets.UTF_8),
                        Duration.ofSeconds(20));
        assertThat(ran.status()).as(String.join("\n", ran.lines())).isZero();
        return ran.lines();
    }
}
