package dev.keyhole.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CodesPageTest {
    @Test
    void thePageListsEveryCodeWithItsNextMove() throws IOException {
        Path file = docs().resolve("codes.md");
        if (Boolean.getBoolean("keyhole.write-docs")) {
            Files.createDirectories(docs());
            Files.writeString(file, page());
        }
        assertThat(Files.readString(file))
                .as("docs/codes.md is generated; run bin/regenerate-docs")
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Codes and exit statuses

                        Generated from `dev.keyhole.wire`; `bin/regenerate-docs` rewrites this page.

                        ## Refusal codes

                        A refusal reads `CODE: text`. Codes are words, never numbers, and never change their meaning.

                        | code | meaning | next move |
                        |---|---|---|
                        """);
        List<Code> codes =
                Arrays.stream(Code.values()).sorted(Comparator.comparing(Code::name)).toList();
        for (Code code : codes) {
            page.append("| `%s` | %s | %s |%n".formatted(code, code.meaning(), code.nextMove()));
        }
        page.append("\n## Exit statuses of `keyhole`\n\n| status | name |\n|---|---|\n");
        for (ExitStatus status : ExitStatus.values()) {
            page.append("| %d | `%s` |%n".formatted(status.number(), status));
        }
        return page.toString();
    }

    private static Path docs() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory =
                    Objects.requireNonNull(directory.getParent(), "no checkout around the tests");
        }
        return directory.resolve("docs");
    }
}
