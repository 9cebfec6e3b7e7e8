package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuNodesTest {
    @TempDir private Path dev;

    @Test
    void aNumberTakesFreeCardsAndWhatEveryCardNeeds() throws Exception {
        nvidia();

        assertThat(choose("2", "nvidia0"))
                .containsExactly("nvidia1", "nvidia2", "nvidiactl", "nvidia-uvm");
        assertThat(choose("0")).isEmpty();
        assertThat(choose("none")).isEmpty();
    }

    @Test
    void moreThanAreFreeIsRefusedWithBothNumbers() throws Exception {
        nvidia();

        assertThatThrownBy(() -> choose("10", "nvidia0", "nvidia2"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("Of this machine's 11 GPUs 9 are free");
        assertThat(choose("9", "nvidia0", "nvidia2")).hasSize(11);
    }

    @Test
    void namedOnesAreThoseWhoeverHasThem() throws Exception {
        nvidia();

        assertThat(choose("nvidia2,nvidia0", "nvidia0"))
                .containsExactly("nvidia0", "nvidia2", "nvidiactl", "nvidia-uvm");
        assertThatThrownBy(() -> choose("nvidia77")).hasMessageContaining("no GPU nvidia77");
    }

    @Test
    void allIsEveryOneAndNothingElse() throws Exception {
        nvidia();
        make("sda", "kmsg", "nvidia-modeset-not");

        assertThat(choose("all")).hasSize(13).doesNotContain("sda", "kmsg");
    }

    @Test
    void withoutNvidiaTheRenderersCount() throws Exception {
        make("dri/renderD128", "dri/renderD129", "dri/card0", "kfd");

        assertThat(choose("1", "dri/renderD128")).containsExactly("renderD129", "kfd");
    }

    @Test
    void aMachineWithoutAnyHasNoneToGive() throws Exception {
        assertThat(choose("all")).isEmpty();
        assertThatThrownBy(() -> choose("1")).isInstanceOf(LaunchFailure.class);
    }

    private void nvidia() throws IOException {
        for (int i = 0; i < 11; i++) {
            make("nvidia" + i);
        }
        make("nvidiactl", "nvidia-uvm");
    }

    private void make(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(dev.resolve(name).getParent());
            Files.createFile(dev.resolve(name));
        }
    }

    private List<String> choose(String wish, String... taken) throws LaunchFailure {
        List<Path> others = List.of(taken).stream().map(dev::resolve).toList();
        return new GpuNodes(dev)
                .choose(Gpus.parse(wish), others).stream()
                        .map(node -> node.getFileName().toString())
                        .toList();
    }
}
