package dev.keyhole.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigPageTest {
    @Test
    void theReferenceListsExactlyTheKeysThatTheReaderKnows() throws IOException {
        assertThat(ReferencePage.compared("config.md", page()))
                .as("docs/config.md is generated; run bin/regenerate-docs")
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # `keyhole.yaml`

                        Generated from the table that the reader uses; `bin/regenerate-docs` rewrites this page.

                        `keyhole config check FILE` reports every problem of a file at once, each with its line. An unknown key is an
                        error. Nothing starts from a file with a problem. `NAME` stands for the name of a principal: 1-24 of a-z, 0-9,
                        `_` and `-`, starting with a letter.

                        | key | value | default | meaning |
                        |---|---|---|---|
                        """);
        for (Key<?> key : ConfigTable.KEYS) {
            page.append(
                    "| `%s` | %s%s | %s | %s |%n"
                            .formatted(
                                    key.path(),
                                    key.many() ? "list of: " : "",
                                    key.unit().notation(),
                                    key.fallback().map(text -> "`" + text + "`").orElse("-"),
                                    key.meaning()));
        }
        page.append("\n## Retired keys\n\n");
        if (ConfigTable.RETIRED.isEmpty()) {
            page.append("None so far.\n");
        }
        for (RetiredKey key : ConfigTable.RETIRED) {
            page.append("- `").append(key.path()).append("`: ").append(key.nextMove()).append('\n');
        }
        return page.toString();
    }
}
