package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One file for each service that was started and not stopped: lines of a name, a space and a value. It lies where only
 * the launcher's user may write. A damaged file counts as none; its processes are then unknown to us.
 */
final class ServiceRecords {
    private final HomeLayout layout;

    ServiceRecords(HomeLayout layout) {
        this.layout = layout;
    }

    Optional<ServiceRecord> read(PrincipalName owner, ServiceName service) {
        Path file = file(owner, service);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    values.put(line.substring(0, space), line.substring(space + 1));
                }
            }
            return Optional.of(
                    new ServiceRecord(
                            value(values, "start-id"),
                            value(values, "boot-id"),
                            Long.parseLong(value(values, "pid")),
                            Long.parseLong(value(values, "start-time")),
                            Path.of(value(values, "socket"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(PrincipalName owner, ServiceName service, ServiceRecord record) throws IOException {
        String text =
                """
                start-id %s
                boot-id %s
                pid %d
                start-time %d
                socket %s
                """
                        .formatted(
                                record.startId(),
                                record.bootId(),
                                record.pid(),
                                record.startTime(),
                                record.socket());
        WrittenWhole.write(file(owner, service), text, "rw-------");
    }

    void remove(PrincipalName owner, ServiceName service) throws IOException {
        Files.deleteIfExists(file(owner, service));
    }

    private Path file(PrincipalName owner, ServiceName service) {
        return layout.workspaceRun(owner).resolve(service + ".service");
    }

    private static String value(Map<String, String> values, String name) throws IOException {
        String value = values.get(name);
        if (value == null) {
            throw new IOException("no " + name);
        }
        return value;
    }
}
