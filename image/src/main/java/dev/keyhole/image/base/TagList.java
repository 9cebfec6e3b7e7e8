package dev.keyhole.image.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The tags of a repository (OCI distribution-spec, "Listing Tags"), which jib has no call for. Logs in as the spec's
 * token authentication says, or by Basic.
 */
final class TagList {
    private static final Duration EACH = Duration.ofSeconds(15);
    private static final int PAGES = 40;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?.*");
    private static final Pattern PARAMETER = Pattern.compile("(realm|service|scope)=\"([^\"]*)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Optional<Credential> login;
    private Optional<String> authorization = Optional.empty();

    private TagList(HttpClient http, Optional<Credential> login) {
        this.http = http;
        this.login = login;
    }

    /** All tags, in the registry's order; empty where the registry does not tell them. */
    static Optional<List<String>> of(
            ImageReference reference, Reach reach, Optional<Credential> login) {
        var builder = HttpClient.newBuilder().connectTimeout(EACH);
        try {
            if (reach == Reach.UNVERIFIED) {
                builder.sslContext(trustingAnybody());
            }
        } catch (GeneralSecurityException impossible) {
            return Optional.empty();
        }
        var client = builder.build();
        var scheme = reach == Reach.PLAIN ? "http://" : "https://";
        try {
            return new TagList(client, login)
                    .read(
                            URI.create(
                                    scheme
                                            + reference.getRegistry()
                                            + "/v2/"
                                            + reference.getRepository()
                                            + "/tags/list?n=1000"));
        } catch (IOException | IllegalArgumentException untold) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            client.shutdownNow();
        }
    }

    private Optional<List<String>> read(URI first) throws IOException, InterruptedException {
        var tags = new ArrayList<String>();
        var page = Optional.of(first);
        for (int pages = 0; page.isPresent() && pages < PAGES; pages++) {
            var answer = get(page.get());
            if (answer.statusCode() == UNAUTHORIZED && pages == 0) {
                authorization = authorize(answer);
                answer = get(page.get());
            }
            if (answer.statusCode() != OK) {
                return Optional.empty();
            }
            JSON.readTree(answer.body()).path("tags").forEach(tag -> tags.add(tag.asText()));
            page = next(first, answer);
        }
        return Optional.of(tags);
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page).timeout(EACH);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Only from the same registry: a login is not carried elsewhere. */
    private static Optional<URI> next(URI first, HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(link -> first.resolve(link.group(1)))
                .filter(next -> next.getAuthority().equals(first.getAuthority()))
                .filter(next -> next.getScheme().equals(first.getScheme()));
    }

    private Optional<String> authorize(HttpResponse<String> refusal)
            throws IOException, InterruptedException {
        var how = refusal.headers().firstValue("WWW-Authenticate").orElse("");
        if (how.regionMatches(true, 0, "basic", 0, 5)) {
            return login.map(TagList::basic);
        }
        String realm = null;
        var query = new ArrayList<String>();
        var parameters = PARAMETER.matcher(how);
        while (parameters.find()) {
            if (parameters.group(1).equals("realm")) {
                realm = parameters.group(2);
            } else {
                query.add(
                        parameters.group(1)
                                + "="
                                + URLEncoder.encode(parameters.group(2), StandardCharsets.UTF_8));
            }
        }
        if (realm == null || login.filter(Credential::isOAuth2RefreshToken).isPresent()) {
            return Optional.empty();
        }
        var request =
                HttpRequest.newBuilder(URI.create(realm + "?" + String.join("&", query)))
                        .timeout(EACH);
        login.ifPresent(known -> request.header("Authorization", basic(known)));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        var token = JSON.readTree(answer.body());
        return Optional.of(token.path("token").asText(token.path("access_token").asText("")))
                .filter(text -> !text.isEmpty())
                .map(text -> "Bearer " + text);
    }

    private static String basic(Credential login) {
        var plain = login.getUsername() + ":" + login.getPassword();
        return "Basic "
                + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trustingAnybody() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        return context;
    }
}
