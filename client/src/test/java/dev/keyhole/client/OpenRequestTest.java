package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRequestTest {
    private static final String FINGERPRINT = "SHA256:6Db8/4oOR/9lEvPi2Y3x3qGgBIAKU5/kCLeCpHWJ1bg";

    @Test
    void withoutAServiceItIsTheNotebook() {
        assertThat(request(List.of(), List.of(), Optional.empty(), Optional.empty()).services())
                .extracting(Service::name)
                .containsExactly("jupyter");
    }

    @Test
    void servicesAreNamesOrOwnPorts() {
        assertThat(Service.parse("jupyter").port()).isEqualTo(8888);
        assertThat(Service.parse("tensorboard").port()).isEqualTo(6006);
        assertThat(Service.parse("5000")).isEqualTo(Service.parse("localhost:5000"));
        assertThat(Service.parse("my-app").host()).isEqualTo("my-app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-x",
                "a:b",
                "Jupyter",
                "localhost",
                "localhost:0",
                "0",
                "99999",
                "a;b",
                "$(x)",
                "a\n",
                "10.0.0.1",
                "a%b",
                "localhost:22:x",
                "169.254.169.254:80",
                "a-"
            })
    void otherServicesAreRefused(String typed) {
        assertThatThrownBy(() -> Service.parse(typed)).isInstanceOf(BadArgument.class);
    }

    @Test
    void moreLocalPortsThanServicesAreRefused() {
        assertThatThrownBy(() ->
                        request(List.of(), List.of(8000, 8001), Optional.empty(), Optional.empty()))
                .isInstanceOf(BadArgument.class)
                .hasMessageContaining("--local 8000 --local 6006");
    }

    @Test
    void aLocalPortIsAPort() {
        assertThatThrownBy(() -> request(List.of(), List.of(0), Optional.empty(), Optional.empty()))
                .isInstanceOf(BadArgument.class);
    }

    @Test
    void aKeyFileMustExistAndMustNotHoldTokensOfSsh(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("%d"), "key");
        assertThatThrownBy(
                        () -> request(List.of(), List.of(), Optional.of(token), Optional.empty()))
                .isInstanceOf(BadArgument.class);
        assertThatThrownBy(() ->
                        request(
                                List.of(),
                                List.of(),
                                Optional.of(folder.resolve("none")),
                                Optional.empty()))
                .isInstanceOf(BadArgument.class)
                .hasMessageContaining("ssh-keygen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256:short", "MD5:aa:bb", FINGERPRINT + "x", FINGERPRINT + "\n"})
    void anExpectedFingerprintIsAWholeOne(String typed) {
        assertThatThrownBy(
                        () -> request(List.of(), List.of(), Optional.empty(), Optional.of(typed)))
                .isInstanceOf(BadArgument.class);
    }

    private static OpenRequest request(
            List<Service> services,
            List<Integer> locals,
            Optional<Path> key,
            Optional<String> expected) {
        return new OpenRequest(Destination.parse("gpu"), services, locals, key, expected, true);
    }
}
