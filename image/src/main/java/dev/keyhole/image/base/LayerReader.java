package dev.keyhole.image.base;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Applies one layer after the other to a tree, each read once from begin to end. Not thread-safe. */
final class LayerReader {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /** Other names that begin so are AUFS's own (OCI image-spec layer.md). */
    private static final String RESERVED = ".wh..wh.";

    private static final String CAPABILITIES = "SCHILY.xattr.security.capability";
    private static final int PERMISSIONS = 07777;

    /** No text of interest is longer; dpkg's list of a full desktop has 5 MB. */
    private static final int LONGEST_TEXT = 64 << 20;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZSTD_MAGIC = 0x28b5;

    private final FileTree tree;
    private final Keep keep;
    private int lending;

    LayerReader(FileTree tree, Keep keep) {
        this.tree = tree;
        this.keep = keep;
    }

    /** How many files of all layers so far lend their user, group or capabilities, whatever later layers did. */
    int lending() {
        return lending;
    }

    /**
     * Reads a layer, plain or compressed by gzip.
     *
     * @throws IOException when it is cut short or no archive; {@link UnknownCompression} when it is compressed otherwise
     */
    void apply(InputStream stored) throws IOException {
        var here = new HashSet<String>();
        try (var tar = new TarArchiveInputStream(plain(stored), StandardCharsets.UTF_8.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                apply(entry, tar, here);
            }
        }
    }

    private static InputStream plain(InputStream stored) throws IOException {
        var buffered = new BufferedInputStream(stored, 1 << 16);
        buffered.mark(2);
        int first = buffered.read();
        int magic = first << 8 | buffered.read();
        buffered.reset();
        if (magic == ZSTD_MAGIC) {
            throw new UnknownCompression("zstd");
        }
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    /** @param here what this layer itself has put so far: an opaque mark, wherever it stands, hides only lower layers */
    private void apply(TarArchiveEntry entry, InputStream content, Set<String> here)
            throws IOException {
        var name = entry.getName();
        var last = Names.last(name);
        if (last.equals(OPAQUE)) {
            hideBelow(Names.above(name), here);
        } else if (last.startsWith(RESERVED)) {
            return;
        } else if (last.startsWith(WHITEOUT)) {
            tree.remove(Names.above(name) + "/" + last.substring(WHITEOUT.length()));
        } else {
            here.add(String.join("/", Names.of(name)));
            put(entry, content);
        }
    }

    private void hideBelow(String directory, Set<String> here) {
        for (var child : tree.names(directory)) {
            var path = directory.isEmpty() ? child : directory + "/" + child;
            if (here.contains(path)) {
                if (tree.itself(path).filter(Node.Directory.class::isInstance).isPresent()) {
                    hideBelow(path, here);
                }
            } else if (here.stream().noneMatch(own -> own.startsWith(path + "/"))) {
                tree.remove(path);
            } else {
                hideBelow(path, here);
            }
        }
    }

    private void put(TarArchiveEntry entry, InputStream content) throws IOException {
        var name = entry.getName();
        if (entry.isDirectory()) {
            tree.directory(name, owner(entry));
        } else if (entry.isSymbolicLink()) {
            tree.put(name, new Node.Link(entry.getLinkName()));
        } else if (entry.isLink()) {
            tree.itself(entry.getLinkName()).ifPresent(target -> tree.put(name, target));
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            tree.put(name, new Node.Other());
        } else {
            tree.put(name, regular(entry, content));
        }
    }

    private Node.Regular regular(TarArchiveEntry entry, InputStream content) throws IOException {
        var owner = owner(entry);
        boolean capabilities = entry.getExtraPaxHeader(CAPABILITIES) != null;
        Optional<String> text = Optional.empty();
        if (KeptTexts.wants(entry.getName()) && entry.getSize() <= LONGEST_TEXT) {
            text = Optional.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
        boolean lends = owner.lendsIdentity() || capabilities;
        lending += lends ? 1 : 0;
        var copy = lends ? Optional.of(keep.keep(content)) : Optional.<Path>empty();
        return new Node.Regular(owner, capabilities, text, copy);
    }

    private static Owner owner(TarArchiveEntry entry) {
        return new Owner(
                entry.getMode() & PERMISSIONS,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getLastModifiedTime().toInstant());
    }
}
