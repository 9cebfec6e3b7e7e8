package dev.keyhole.image.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An archive made entry by entry, in memory. */
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out =
            new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    Tar() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    Tar directory(String path, int mode) {
        return directory(path, mode, 0, 0);
    }

    Tar directory(String path, int mode, int uid, int gid) {
        var entry = new TarArchiveEntry(path + "/", TarConstants.LF_DIR);
        entry.setMode(mode);
        entry.setIds(uid, gid);
        return add(entry, new byte[0]);
    }

    Tar file(String path, String text) {
        return file(path, 0644, text);
    }

    Tar file(String path, int mode, String text) {
        return file(path, mode, text.getBytes(StandardCharsets.UTF_8));
    }

    Tar file(String path, int mode, byte[] content) {
        var entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
        entry.setMode(mode);
        return add(entry, content);
    }

    Tar capable(String path) {
        var entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
        entry.setMode(0755);
        entry.addPaxHeader("SCHILY.xattr.security.capability", "x");
        return add(entry, path.getBytes(StandardCharsets.UTF_8));
    }

    Tar symlink(String path, String target) {
        var entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    Tar hardLink(String path, String target) {
        var entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    Tar device(String path) {
        return add(new TarArchiveEntry(path, TarConstants.LF_CHR), new byte[0]);
    }

    private Tar add(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            entry.setModTime(0);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    byte[] bytes() {
        try {
            out.finish();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    static String digest(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(Keep.sha256().digest(content));
    }
}
