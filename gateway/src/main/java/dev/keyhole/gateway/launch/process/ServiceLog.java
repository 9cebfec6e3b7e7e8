package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/** What a service wrote. User code chooses the bytes, so they come back as lines without any terminal sequence. */
final class ServiceLog {
    static final int MOST_LINES = 1_000;
    private static final int MOST_BYTES = 512 * 1024;
    private static final int LONGEST_LINE = 1_000;
    private static final long ROTATE_AT = 16L << 20;
    private static final Pattern TERMINAL = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\u0080-\u009f&&[^\t]]");

    private final Path file;

    ServiceLog(Path file) {
        this.file = file;
    }

    /** Before a start: a file that has grown large becomes the old one, and the one before that goes. */
    Path rotated() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > ROTATE_AT) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** The last lines, oldest first. */
    List<String> last(int lines) {
        int wanted = Math.clamp(lines, 0, MOST_LINES);
        try (FileChannel in =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long start = Math.max(0, in.size() - MOST_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (in.size() - start));
            while (bytes.hasRemaining() && in.read(bytes, start + bytes.position()) > 0) {}
            List<String> all =
                    new String(bytes.array(), 0, bytes.position(), UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - wanted), all.size()).stream()
                    .map(ServiceLog::plain)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static String plain(String line) {
        String text = CONTROL.matcher(TERMINAL.matcher(line).replaceAll("")).replaceAll("\ufffd");
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + " ...";
    }
}
