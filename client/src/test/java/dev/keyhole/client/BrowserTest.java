package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private static final String URL = "http://localhost:8000/lab";

    @Test
    void theEnvironmentNamesTheBrowser() {
        assertThat(
                        new Browser(
                                        Map.of(
                                                "KEYHOLE_BROWSER",
                                                "firefox --new-tab",
                                                "BROWSER",
                                                "w3m"),
                                        "Linux")
                                .commands(URL))
                .containsExactly(List.of("firefox", "--new-tab", URL));
        assertThat(new Browser(Map.of("BROWSER", "one %s:two"), "Linux").commands(URL))
                .containsExactly(List.of("one", URL), List.of("two", URL));
    }

    @Test
    void elseTheSystemDoes() {
        assertThat(new Browser(Map.of("DISPLAY", ":0"), "Linux").commands(URL))
                .containsExactly(List.of("xdg-open", URL));
        assertThat(new Browser(Map.of(), "Mac OS X").commands(URL))
                .containsExactly(List.of("open", URL));
        assertThat(new Browser(Map.of(), "Windows 11").commands(URL))
                .containsExactly(List.of("rundll32", "url.dll,FileProtocolHandler", URL));
    }

    @Test
    void withoutAScreenOrAProgramNothingIsOpened() {
        assertThat(new Browser(Map.of(), "Linux").open(URL)).isFalse();
        assertThat(new Browser(Map.of("BROWSER", "/nonexistent/browser"), "Linux").open(URL))
                .isFalse();
        assertThat(new Browser(Map.of("BROWSER", "false"), "Linux").open(URL)).isFalse();
    }
}
