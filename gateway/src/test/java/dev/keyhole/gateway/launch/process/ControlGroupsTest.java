package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of both versions, made of plain files; the kernel's own are in the system tests. */
class ControlGroupsTest {
    private static final Resources LIMITS =
            new Resources(
                    OptionalLong.of(1L << 30),
                    Optional.of(new BigDecimal("1.5")),
                    OptionalInt.of(64),
                    Optional.empty());

    @TempDir private Path root;
    private Path proc;
    private Path tree;

    @BeforeEach
    void makePlaces() throws IOException {
        proc = Files.createDirectory(root.resolve("proc"));
        tree = Files.createDirectory(root.resolve("cgroup"));
    }

    @Test
    void versionOneHasAGroupInEachTreeBelowOurOwn() throws Exception {
        Files.createDirectories(tree.resolve("memory/user/7"));
        Files.createDirectories(tree.resolve("pids"));
        Files.writeString(
                proc.resolve("mountinfo"),
                """
                31 25 0:27 / %1$s/memory rw - cgroup cgroup rw,memory
                32 25 0:28 / %1$s/pids rw - cgroup cgroup rw,pids
                33 25 0:29 / %1$s/unified rw - cgroup2 cgroup2 rw
                """
                        .formatted(tree));
        Files.writeString(proc.resolve("cgroup"), "4:memory:/user/7\n8:pids:/\n0::/\n");

        assertThat(groups().of("ada").directories())
                .containsExactly(
                        tree.resolve("memory/user/7/keyhole/abcde/ada"),
                        tree.resolve("pids/keyhole/abcde/ada"));
    }

    @Test
    void versionTwoLeavesAUnitAloneThatHasNoLeafForUs() throws Exception {
        two("/system.slice/keyhole.service");

        assertThat(groups().of("ada").directories())
                .containsExactly(tree.resolve("keyhole/abcde/ada"));
    }

    @Test
    void versionTwoLeavesALoginSessionAlone() throws Exception {
        two("/user.slice/user-0.slice/session-3.scope");

        assertThat(groups().of("ada").directories())
                .containsExactly(tree.resolve("keyhole/abcde/ada"));
    }

    @Test
    void versionTwoIsBelowTheUnitThatPutUsIntoItsLeaf() throws Exception {
        two("/system.slice/keyhole.service/door");

        assertThat(groups().of("ada").directories())
                .containsExactly(tree.resolve("system.slice/keyhole.service/keyhole/abcde/ada"));
    }

    @Test
    void limitsOfVersionTwo() throws Exception {
        ControlGroup group =
                group("memory.max", "memory.swap.max", "cpu.max", "pids.max", "memory.events");

        assertThat(group.limit(LIMITS)).isEmpty();

        assertThat(value(group, "memory.max")).isEqualTo("1073741824");
        assertThat(value(group, "memory.swap.max")).isEqualTo("0");
        assertThat(value(group, "cpu.max")).isEqualTo("150000 100000");
        assertThat(value(group, "pids.max")).isEqualTo("64");
        assertThat(group.limit(Resources.UNSAID)).isEmpty();
        assertThat(value(group, "memory.max")).isEqualTo("max");
        assertThat(value(group, "cpu.max")).isEqualTo("max 100000");
    }

    @Test
    void limitsOfVersionOne() throws Exception {
        ControlGroup group =
                group(
                        "memory.limit_in_bytes",
                        "memory.memsw.limit_in_bytes",
                        "cpu.cfs_quota_us",
                        "cpu.cfs_period_us",
                        "pids.max");

        assertThat(group.limit(LIMITS)).isEmpty();

        assertThat(value(group, "memory.limit_in_bytes")).isEqualTo("1073741824");
        assertThat(value(group, "memory.memsw.limit_in_bytes")).isEqualTo("1073741824");
        assertThat(value(group, "cpu.cfs_quota_us")).isEqualTo("150000");
    }

    @Test
    void whatTheMachineLacksIsSaidAndCostsNothingElse() throws Exception {
        ControlGroup group = group("pids.max");

        assertThat(group.limit(LIMITS))
                .extracting(IsolationPart::word)
                .containsExactly("memory", "cpu");
        assertThat(value(group, "pids.max")).isEqualTo("64");
    }

    @Test
    void killsForWantOfMemoryAreCounted() throws Exception {
        ControlGroup two = group("memory.max", "memory.events");
        Files.writeString(
                two.directories().getFirst().resolve("memory.events"), "oom 3\noom_kill 2\n");

        assertThat(two.outOfMemoryKills()).isEqualTo(2);
        assertThat(new ControlGroup(List.of()).outOfMemoryKills()).isZero();
    }

    private Path two(String own) throws IOException {
        Files.writeString(
                proc.resolve("mountinfo"),
                "33 25 0:29 / " + tree + " rw - cgroup2 cgroup2 rw,nsdelegate\n");
        Files.writeString(proc.resolve("cgroup"), "0::" + own + "\n");
        Path unit = tree.resolve(own.substring(1));
        Files.createDirectories(unit);
        // As the kernel has them in every group.
        Path group = tree;
        Files.writeString(group.resolve("cgroup.subtree_control"), "");
        Files.writeString(group.resolve("cgroup.procs"), "");
        for (Path name : tree.relativize(unit)) {
            group = group.resolve(name);
            Files.writeString(group.resolve("cgroup.subtree_control"), "");
            Files.writeString(group.resolve("cgroup.procs"), "");
        }
        for (String below : List.of("keyhole", "keyhole/abcde", "door")) {
            for (Path above : List.of(unit, tree, unit.resolveSibling("."))) {
                Path made = Files.createDirectories(above.normalize().resolve(below));
                Files.writeString(made.resolve("cgroup.subtree_control"), "");
                Files.writeString(made.resolve("cgroup.procs"), "");
            }
        }
        return unit;
    }

    private ControlGroups groups() {
        return new ControlGroups(proc, "abcde");
    }

    private ControlGroup group(String... files) throws IOException {
        Path directory = Files.createDirectories(tree.resolve("keyhole/abcde/ada"));
        for (String file : files) {
            Files.writeString(directory.resolve(file), "");
        }
        return new ControlGroup(List.of(directory));
    }

    private static String value(ControlGroup group, String file) throws IOException {
        return Files.readString(group.directories().getFirst().resolve(file));
    }
}
