package dev.keyhole.gateway.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a chain is cut into. Keeps nothing: each question looks at the directory. */
final class Segments {
    private static final Pattern CLOSED = Pattern.compile("audit-(\\d{12})\\.jsonl");

    private final AuditPlace place;

    Segments(AuditPlace place) {
        this.place = place;
    }

    /** The full ones, oldest first. */
    List<Path> closed() throws IOException {
        try (Stream<Path> files = Files.list(place.directory())) {
            return files.filter(file -> first(file).isPresent())
                    .sorted((one, other) ->
                            Long.compare(first(one).orElse(0), first(other).orElse(0)))
                    .toList();
        }
    }

    /** All of them, oldest first, the one that is being written last. */
    List<Path> inOrder() throws IOException {
        Stream<Path> current =
                Files.isRegularFile(place.current()) ? Stream.of(place.current()) : Stream.of();
        return Stream.concat(closed().stream(), current).toList();
    }

    /** The number of its first event, as its name says. */
    static OptionalLong first(Path file) {
        Matcher matcher = CLOSED.matcher(String.valueOf(file.getFileName()));
        return matcher.matches()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    /** Where to put a file of before the chain. */
    Path unchained() {
        int number = 1;
        while (Files.exists(place.unchained(number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return place.unchained(number);
    }
}
