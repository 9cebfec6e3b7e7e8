package dev.keyhole.image.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As much of a 64-bit little-endian ELF file as tells where it can run (elf(5); for symbol versions the Linux Standard
 * Base, Core, chapter 10.7).
 *
 * @param architecture as images name it: {@code amd64}, {@code arm64}, or the machine's number
 * @param interpreter whether it needs the system's loader; a static program does not
 * @param glibc the newest version of the GNU C library that it needs a symbol of
 */
record Elf(String architecture, boolean interpreter, Optional<Version> glibc) {
    private static final int MAGIC = 0x464c457f; // 0x7f E L F
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int PT_INTERP = 3;
    private static final int SHT_GNU_VERNEED = 0x6ffffffe;
    private static final long LARGEST_TABLE = 1 << 24;

    /** The file, if it is one; empty for everything else, such as scripts. */
    static Optional<Elf> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            if (channel.read(header, 0) < HEADER
                    || header.getInt(0) != MAGIC
                    || header.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
                return Optional.empty();
            }
            return Optional.of(
                    new Elf(
                            architecture(header.getShort(18)),
                            hasInterpreter(channel, header),
                            glibc(channel, header)));
        } catch (IndexOutOfBoundsException e) {
            throw new IOException(file + " is a damaged program", e);
        }
    }

    private static String architecture(int machine) {
        return switch (machine) {
            case 62 -> "amd64";
            case 183 -> "arm64";
            default -> "machine " + machine;
        };
    }

    private static boolean hasInterpreter(FileChannel channel, ByteBuffer header)
            throws IOException {
        int count = header.getShort(56) & 0xffff;
        ByteBuffer programs = part(channel, header.getLong(32), (long) count * PROGRAM_HEADER);
        for (int i = 0; i < count; i++) {
            if (programs.getInt(i * PROGRAM_HEADER) == PT_INTERP) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Version> glibc(FileChannel channel, ByteBuffer header)
            throws IOException {
        int count = header.getShort(60) & 0xffff;
        ByteBuffer sections = part(channel, header.getLong(40), (long) count * SECTION_HEADER);
        List<Version> needed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i * SECTION_HEADER;
            if (sections.getInt(at + 4) == SHT_GNU_VERNEED) {
                ByteBuffer versions = section(channel, sections, at);
                ByteBuffer names =
                        section(channel, sections, sections.getInt(at + 40) * SECTION_HEADER);
                collect(versions, sections.getInt(at + 44), names, needed);
            }
        }
        return needed.stream().max(Version::compareTo);
    }

    /** A list of libraries, and under each a list of versions: both linked by distances. */
    private static void collect(
            ByteBuffer versions, int libraries, ByteBuffer names, List<Version> needed) {
        int library = 0;
        for (int i = 0; i < libraries; i++) {
            int version = library + versions.getInt(library + 8);
            for (int j = 0; j < (versions.getShort(library + 2) & 0xffff); j++) {
                Version.ofGlibcSymbol(text(names, versions.getInt(version + 8)))
                        .ifPresent(needed::add);
                version += versions.getInt(version + 12);
            }
            library += versions.getInt(library + 12);
        }
    }

    private static String text(ByteBuffer names, int at) {
        int end = at;
        while (names.get(end) != 0) {
            end++;
        }
        return new String(names.array(), at, end - at, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer section(FileChannel channel, ByteBuffer sections, int at)
            throws IOException {
        return part(channel, sections.getLong(at + 24), sections.getLong(at + 32));
    }

    private static ByteBuffer part(FileChannel channel, long from, long size) throws IOException {
        if (size < 0 || size > LARGEST_TABLE) {
            throw new IOException("a table of " + size + " bytes");
        }
        ByteBuffer part = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        while (part.hasRemaining()) {
            if (channel.read(part, from + part.position()) < 0) {
                throw new IOException("it ends too early");
            }
        }
        return part;
    }
}
