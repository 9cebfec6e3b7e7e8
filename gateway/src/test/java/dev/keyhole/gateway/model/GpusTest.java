package dev.keyhole.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpusTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "1",
                "16",
                "nvidia0",
                "nvidia0,nvidia1",
                "renderD128",
                "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6",
                "MIG-2b8b9e29-a9e8-5f3f-a3cb-9b7a5a6e3a1c",
                "MIG-GPU-8932f937-d72c-4106-c12f-20bd9faed9f6/1/0"
            })
    void whatIsReadIsWrittenTheSame(String text) {
        assertThat(Gpus.parse(text)).hasToString(text);
    }

    @Test
    void noneIsZeroAndNamesAreSorted() {
        assertThat(Gpus.parse("none")).isEqualTo(new Gpus.Count(0));
        assertThat(Gpus.parse("nvidia1,nvidia0,nvidia1"))
                .isEqualTo(new Gpus.Named(List.of("nvidia0", "nvidia1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "100",
                "ALL",
                "nvidia",
                "nvidia0,",
                "nvidia0, nvidia1",
                "nvidiactl",
                "../sda",
                "GPU-",
                "GPU-nothex",
                "MIG-",
                "MIG-8932f937/../../0",
                "gpu-8932f937",
                "GPU-8932f937 --privileged"
            })
    void whatIsNoChoiceIsRefusedWithTheChoices(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gpus.parse(text))
                .withMessageContaining("all, none, a number, or names");
    }
}
