package dev.keyhole.image.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A base in a file, as {@code docker save} and {@code podman save} write it (Docker image specification 1.2: {@code
 * manifest.json}, a config, layers as archives, plain or gzipped). Thread-safe: each reading opens the file anew.
 */
public final class DockerArchive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path cache;

    /** @param cache a directory for copies of what a later layer must write anew; made when it is missing */
    public DockerArchive(Path file, Path cache) {
        this.file = file;
        this.cache = cache;
    }

    /**
     * Reads it all.
     *
     * @param architecture such as {@code amd64}: another one is refused
     * @throws ImageFailure (1) when the file is missing, no such archive, damaged, or for another architecture
     */
    public BaseImage read(String architecture) throws ImageFailure {
        if (!Files.isRegularFile(file)) {
            throw refused(
                    "There is no file " + file + ".", "Write one by `docker save -o FILE IMAGE`.");
        }
        if (isGzipped()) {
            throw refused(file + " is compressed as a whole.", "Unpack it by gunzip first.");
        }
        try (var tar = new TarFile(file)) {
            return read(tar, architecture);
        } catch (JsonProcessingException damaged) {
            throw refused(
                    file
                            + " holds JSON that cannot be read ("
                            + damaged.getOriginalMessage()
                            + ").",
                    "Save the image again.");
        } catch (UnknownCompression zstd) {
            throw refused(
                    "A layer of " + file + " is compressed by " + zstd.getMessage() + ".",
                    "Save the image again with gzip or uncompressed layers.");
        } catch (IOException | IllegalArgumentException damaged) {
            throw refused(
                    file + " cannot be read as an image (" + damaged.getMessage() + ").",
                    "Save it again by `docker save -o FILE IMAGE`.");
        }
    }

    private boolean isGzipped() throws ImageFailure {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        } catch (IOException unreadable) {
            throw refused(
                    file + " cannot be read (" + unreadable.getMessage() + ").",
                    "Let your user read it.");
        }
    }

    private BaseImage read(TarFile tar, String architecture) throws IOException, ImageFailure {
        var entries = new HashMap<String, TarArchiveEntry>();
        tar.getEntries().forEach(entry -> entries.put(plain(entry.getName()), entry));
        var manifest = manifest(tar, entries);
        byte[] text = content(tar, entries, manifest.path("Config").asText()).readAllBytes();
        var config = new ConfigText(text);
        Architectures.check(file.toString(), config.architecture(), architecture);

        var diffIds = config.diffIds();
        var tree = new FileTree();
        var reader = new LayerReader(tree, new Keep(cache));
        List<BaseLayer> layers = new ArrayList<>();
        for (var name : manifest.path("Layers")) {
            if (layers.size() == diffIds.size()) {
                throw new IOException("it has more layers than its config names");
            }
            var diffId = diffIds.get(layers.size());
            layers.add(new BaseLayer(diffId, diffId, size(entries, name.asText())));
            try (var layer = content(tar, entries, name.asText())) {
                reader.apply(layer);
            }
        }
        if (layers.size() < diffIds.size()) {
            throw new IOException("it has fewer layers than its config names");
        }
        var id = "sha256:" + HexFormat.of().formatHex(Keep.sha256().digest(text));
        return config.image(
                file.toString(), id, layers, new ContentsReader(tree).read(reader.lending()));
    }

    private JsonNode manifest(TarFile tar, Map<String, TarArchiveEntry> entries)
            throws IOException, ImageFailure {
        if (!entries.containsKey("manifest.json")) {
            throw refused(
                    file
                            + (entries.containsKey("index.json")
                                    ? " is an oci-archive."
                                    : " has no manifest.json, so it is no image."),
                    "Write a docker-archive: `docker save -o FILE IMAGE`, or `podman save --format"
                            + " docker-archive -o FILE IMAGE`.");
        }
        var manifests = JSON.readTree(content(tar, entries, "manifest.json"));
        if (!manifests.isArray() || manifests.size() != 1) {
            throw refused(
                    file + " holds " + manifests.size() + " images, and a base is one.",
                    "Save only the one that you want.");
        }
        return manifests.get(0);
    }

    /** Layers that are the same are stored once, the others as links to it. */
    private static TarArchiveEntry entry(Map<String, TarArchiveEntry> entries, String name)
            throws IOException {
        var entry = entries.get(plain(name));
        if (entry != null && entry.isSymbolicLink()) {
            entry = entries.get(plain(Names.above(name) + "/" + entry.getLinkName()));
        } else if (entry != null && entry.isLink()) {
            entry = entries.get(plain(entry.getLinkName()));
        }
        if (entry == null) {
            throw new IOException("it lacks its part " + name);
        }
        return entry;
    }

    private static InputStream content(
            TarFile tar, Map<String, TarArchiveEntry> entries, String name) throws IOException {
        return tar.getInputStream(entry(entries, name));
    }

    private static long size(Map<String, TarArchiveEntry> entries, String name) throws IOException {
        return entry(entries, name).getSize();
    }

    private static String plain(String name) {
        return String.join("/", Names.of(name));
    }

    private static ImageFailure refused(String what, String next) {
        return new ImageFailure(ExitStatus.FAILED, Code.BASE_UNREADABLE, what + " " + next);
    }
}
