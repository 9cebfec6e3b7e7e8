package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.ban.Guard;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.control.numbers.Checkup;
import dev.keyhole.gateway.control.numbers.DiskUse;
import dev.keyhole.gateway.control.numbers.Numbers;
import dev.keyhole.gateway.ssh.Door;
import dev.keyhole.gateway.ssh.HostKeys;
import dev.keyhole.gateway.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The numbers of a door, wired to what they are read from. */
final class NumbersHere {
    private NumbersHere() {}

    static Numbers of(
            HomeLayout home,
            HostKeys hostKeys,
            Records records,
            Wiring.Machine machine,
            Guard guard,
            Door door,
            Workspaces workspaces) {
        return new Numbers(
                Release.VERSION,
                door::use,
                records.tally(),
                workspaces,
                records.file()::numbers,
                records.elsewhere()::syslogUse,
                guard::numbers,
                machine.drops()::numbers,
                new Checkup(
                        records.file(),
                        records.store()::trouble,
                        machine.power(),
                        () -> hostKeys.trouble(home.hostKey()),
                        records.elsewhere()::syslogTrouble,
                        records.elsewhere()::checkpointTrouble,
                        machine.drops()::trouble,
                        () -> disk(home.audit())));
    }

    /** Of the audit, because that is what fills it and what stops the door when it is full. */
    private static Optional<DiskUse> disk(Path directory) {
        try {
            FileStore disk = Files.getFileStore(directory);
            return Optional.of(new DiskUse(disk.getUsableSpace(), disk.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
