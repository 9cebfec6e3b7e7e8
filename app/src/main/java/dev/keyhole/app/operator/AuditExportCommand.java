package dev.keyhole.app.operator;

import dev.keyhole.gateway.boot.CannotStart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code keyhole audit export}. The file is written by who exports, not by the door. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Gives out every such event, oldest first, a JSON object a line.")
final class AuditExportCommand implements Callable<Integer> {
    @Mixin private DoorOption door = new DoorOption();

    @Mixin private AuditFilter filter = new AuditFilter();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Where to; it must not exist. Default: standard output.")
    private @Nullable Path to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "ecs, the names of the Elastic Common Schema. Default: ecs.")
    private @Nullable String format;

    @Override
    public Integer call() throws CannotStart {
        Request request = filter.in(new Request("audit export")).with("format", format);
        Path file = to;
        if (file == null) {
            return door.stream(request, door.verb().commandLine().getOut());
        }
        try {
            PrintWriter lines = opened(file);
            int status = door.stream(request, lines);
            boolean failed = lines.checkError();
            lines.close();
            if (status != 0 || failed) {
                Files.delete(file);
            }
            if (failed) {
                throw refused(file + " could not be written whole; there is no export.");
            }
            return status;
        } catch (FileAlreadyExistsException e) {
            throw refused(file + " exists; name one that does not.");
        } catch (IOException e) {
            throw refused(file + " cannot be written: " + e.getMessage() + ".");
        }
    }

    /** Ours alone: it says who was where. */
    private static PrintWriter opened(Path file) throws IOException {
        return new PrintWriter(
                Channels.newWriter(
                        Files.newByteChannel(
                                file,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------"))),
                        StandardCharsets.UTF_8));
    }

    private ParameterException refused(String text) {
        return new ParameterException(door.verb().commandLine(), text);
    }
}
