package dev.keyhole.image.freshness;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A scanner for known vulnerabilities that is installed on this machine: trivy or grype. Runs it as a child. */
public final class Scanner {
    /** It may have to load its list of vulnerabilities and the whole image. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private enum Kind {
        TRIVY,
        GRYPE
    }

    private final Kind kind;
    private final Path program;

    private Scanner(Kind kind, Path program) {
        this.kind = kind;
        this.program = program;
    }

    /** The first that {@code PATH} names, trivy before grype. */
    public static Optional<Scanner> installed(Map<String, String> environment) {
        for (var kind : Kind.values()) {
            for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                var program = Path.of(folder.isEmpty() ? "." : folder, name(kind));
                if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(new Scanner(kind, program));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code trivy} or {@code grype}. */
    public String name() {
        return name(kind);
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case TRIVY -> "trivy";
            case GRYPE -> "grype";
        };
    }

    /**
     * What it knows about an image; takes minutes when it has to load its list.
     *
     * @throws ImageFailure (1) when it fails, takes too long, or writes something else than its JSON
     */
    public List<Vulnerability> scan(String reference) throws ImageFailure {
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("keyhole-scan-", ".json");
            err = Files.createTempFile("keyhole-scan-", ".log");
            run(reference, out, err);
            byte[] text = Files.readAllBytes(out);
            return switch (kind) {
                case TRIVY -> ScannerText.trivy(text);
                case GRYPE -> ScannerText.grype(text);
            };
        } catch (IOException failed) {
            throw new ImageFailure(
                    ExitStatus.FAILED,
                    Code.COMMAND_FAILED,
                    name()
                            + " did not tell what it found ("
                            + failed.getMessage()
                            + "). Run it by hand, or leave it out by --no-scan.",
                    failed);
        } finally {
            delete(out);
            delete(err);
        }
    }

    private void run(String reference, Path out, Path err) throws IOException {
        var child =
                new ProcessBuilder(command(reference))
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!child.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("it took longer than " + LONGEST.toMinutes() + " minutes");
            }
            if (child.exitValue() != 0) {
                throw new IOException(
                        "exit status "
                                + child.exitValue()
                                + ", "
                                + lastLine(Files.readString(err)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    /** The reference comes last and after {@code --}: it cannot be taken for an option. */
    private List<String> command(String reference) {
        return switch (kind) {
            case TRIVY ->
                    List.of(
                            program.toString(),
                            "image",
                            "--quiet",
                            "--format",
                            "json",
                            "--scanners",
                            "vuln",
                            "--",
                            reference);
            case GRYPE ->
                    List.of(program.toString(), "--quiet", "--output", "json", "--", reference);
        };
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("no reason", (a, b) -> b);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            file.toFile().deleteOnExit();
        }
    }
}
