package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The near side of a pseudo terminal (pty(7)). The far side is a file that belongs to the command's user, as getty(8)
 * would leave it: nobody else writes to it.
 *
 * @param descriptor never blocks; whoever takes it closes it
 * @param name path of the far side, as we see it
 */
record PtyMaster(int descriptor, Path name) {
    private static final long TIOCSWINSZ = 0x5414;
    private static final long TIOCGPGRP = 0x540f;
    private static final long TIOCSPTLCK = 0x40045431;
    private static final long TIOCGPTN = 0x80045430L;

    /** Makes a terminal as the client wants it, for that user, among the devices of its workspace. */
    static PtyMaster open(Entrance entrance, Terminal terminal, OsUser owner) throws IOException {
        int descriptor = CommandSystem.openDevice(entrance.terminals());
        try {
            var master = new PtyMaster(descriptor, name(entrance, descriptor));
            master.give(owner);
            master.set(terminal.modes());
            master.resize(terminal.size());
            return master;
        } catch (IOException | RuntimeException e) {
            CommandSystem.close(descriptor);
            throw e;
        }
    }

    /** Unlocks the far side (ioctl_tty(2)) and says where it is. */
    private static Path name(Entrance entrance, int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            CommandSystem.control(descriptor, TIOCSPTLCK, number);
            CommandSystem.control(descriptor, TIOCGPTN, number);
            return entrance.terminal(number.get(JAVA_INT, 0));
        }
    }

    private void give(OsUser owner) throws IOException {
        if (!owner.equals(OsUser.current())) {
            Files.setAttribute(name, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(name, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(name, PosixFilePermissions.fromString("rw-------"));
    }

    private void set(TerminalModes modes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(PtyModes.SIZE, 8);
            CommandSystem.terminalModes(descriptor, termios);
            PtyModes.apply(modes, termios);
            CommandSystem.setTerminalModes(descriptor, termios);
        }
    }

    /** The kernel tells the foreground processes with SIGWINCH. */
    void resize(WindowSize size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment winsize = arena.allocate(8, 2);
            winsize.setAtIndex(JAVA_SHORT, 0, (short) size.rows());
            winsize.setAtIndex(JAVA_SHORT, 1, (short) size.columns());
            winsize.setAtIndex(JAVA_SHORT, 2, (short) size.width());
            winsize.setAtIndex(JAVA_SHORT, 3, (short) size.height());
            CommandSystem.control(descriptor, TIOCSWINSZ, winsize);
        }
    }

    /** The process group that the terminal's keys would reach; 0 when there is none. */
    int foreground() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment group = arena.allocate(JAVA_INT);
            CommandSystem.control(descriptor, TIOCGPGRP, group);
            return group.get(JAVA_INT, 0);
        }
    }
}
