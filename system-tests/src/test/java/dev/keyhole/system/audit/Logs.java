package dev.keyhole.system.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Files that a text is looked for in, byte for byte, as it is and in base64. */
record Logs(List<Path> places) {
    /** Every plain file below; what is missing has written nothing. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.exists(place)) {
                try (Stream<Path> all = Files.walk(place)) {
                    all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    List<Path> with(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        // Without the last letters, which depend on what follows.
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
        String base64 = encoded.substring(0, encoded.length() - 4);
        for (Path file : files()) {
            String content = Files.readString(file, ISO_8859_1);
            if (content.contains(text) || content.contains(base64)) {
                found.add(file);
            }
        }
        return found;
    }
}
