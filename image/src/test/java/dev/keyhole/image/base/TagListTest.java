package dev.keyhole.image.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of tags, from registries that page it, want a token, or do not tell it. */
class TagListTest {
    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();

    TagListTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void allPagesAreRead() throws Exception {
        server.createContext(
                "/v2/team/one/tags/list",
                exchange -> {
                    if (exchange.getRequestURI().getQuery().contains("last=")) {
                        answer(exchange, 200, "{\"tags\":[\"2.0\"]}");
                    } else {
                        exchange.getResponseHeaders()
                                .add("Link", "</v2/team/one/tags/list?n=1&last=1.0>; rel=\"next\"");
                        answer(exchange, 200, "{\"tags\":[\"1.0\"]}");
                    }
                });
        assertThat(tags(Optional.empty())).contains(List.of("1.0", "2.0"));
    }

    @Test
    void aPageElsewhereIsNotAskedFor() throws Exception {
        server.createContext(
                "/v2/team/one/tags/list",
                exchange -> {
                    exchange.getResponseHeaders()
                            .add("Link", "<http://elsewhere.invalid/v2/x>; rel=\"next\"");
                    answer(exchange, 200, "{\"tags\":[\"1.0\"]}");
                });
        assertThat(tags(Optional.empty())).contains(List.of("1.0"));
    }

    @Test
    void aTokenIsFetchedWithTheLoginAndShown() throws Exception {
        server.createContext(
                "/token",
                exchange -> {
                    asked.add(exchange.getRequestURI().getQuery());
                    asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    answer(exchange, 200, "{\"access_token\":\"t0ken\"}");
                });
        server.createContext(
                "/v2/team/one/tags/list",
                exchange -> {
                    if ("Bearer t0ken"
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                        answer(exchange, 200, "{\"tags\":[\"1.0\"]}");
                    } else {
                        exchange.getResponseHeaders()
                                .add(
                                        "WWW-Authenticate",
                                        "Bearer realm=\"http://"
                                                + host()
                                                + "/token\",service=\"reg\",scope=\"repository:team/one:pull\"");
                        answer(exchange, 401, "{}");
                    }
                });
        assertThat(tags(Optional.of(Credential.from("ada", "right")))).contains(List.of("1.0"));
        assertThat(asked)
                .containsExactly(
                        "service=reg&scope=repository:team/one:pull",
                        "Basic " + Base64.getEncoder().encodeToString("ada:right".getBytes(UTF_8)));
    }

    @Test
    void aRegistryThatDoesNotTellIsNoFailure() throws Exception {
        server.createContext(
                "/v2/team/one/tags/list", exchange -> answer(exchange, 404, "no such page"));
        assertThat(tags(Optional.empty())).isEmpty();
    }

    private Optional<List<String>> tags(Optional<Credential> login) throws Exception {
        return TagList.of(ImageReference.parse(host() + "/team/one:1.0"), Reach.PLAIN, login);
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
