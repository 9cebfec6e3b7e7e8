package dev.keyhole.image.base;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.cache.Cache;
import com.google.cloud.tools.jib.cache.CacheCorruptedException;
import com.google.cloud.tools.jib.cache.CachedLayer;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate.ContentDescriptorTemplate;
import dev.keyhole.image.ImageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a base from a registry, layers through the cache that building uses as well. Layers arrive a few at a time on
 * threads of their own; they are read in order on the caller's.
 */
final class RegistryReader {
    /** As many at once as engines do; more only compete. */
    private static final int AT_ONCE = 3;

    private final RegistryAccess access;

    RegistryReader(RegistryAccess access) {
        this.access = access;
    }

    /** @throws ImageFailure see {@link BaseReader#read} */
    BaseImage read(ImageReference reference, String architecture) throws ImageFailure {
        try (var repository = Repository.open(reference, access)) {
            var manifest = repository.manifest(reference.getQualifier(), architecture);
            try {
                return read(repository, manifest, reference, architecture);
            } catch (IOException
                    | CacheCorruptedException
                    | CacheDirectoryCreationException failed) {
                throw RegistryFailure.of(reference.toString(), failed);
            }
        }
    }

    private BaseImage read(
            Repository repository, Manifest manifest, ImageReference reference, String architecture)
            throws ImageFailure,
                    IOException,
                    CacheCorruptedException,
                    CacheDirectoryCreationException {
        var config = new ConfigText(repository.config(manifest));
        Architectures.check(reference.toString(), config.architecture(), architecture);
        var stored = manifest.template().getLayers();
        var diffIds = config.diffIds();
        if (stored.size() != diffIds.size()) {
            throw new IOException("its manifest and its config name different layers");
        }
        var cached = fetch(repository, stored);
        var tree = new FileTree();
        var reader = new LayerReader(tree, new Keep(access.cache().kept()));
        var layers = new ArrayList<BaseLayer>();
        for (var layer : cached) {
            layers.add(
                    new BaseLayer(
                            layer.getDigest().toString(),
                            layer.getDiffId().toString(),
                            layer.getSize()));
            try (var bytes = Files.newInputStream(file(layer))) {
                reader.apply(bytes);
            }
        }
        return config.image(
                reference.toString(),
                manifest.digest(),
                layers,
                new ContentsReader(tree).read(reader.lending()));
    }

    /** Where jib's cache has it: {@code layers/DIGEST/DIFFID} (its CacheStorageFiles). */
    private Path file(CachedLayer layer) {
        return access.cache()
                .baseLayers()
                .resolve("layers")
                .resolve(layer.getDigest().getHash())
                .resolve(layer.getDiffId().getHash());
    }

    private List<CachedLayer> fetch(Repository repository, List<ContentDescriptorTemplate> stored)
            throws IOException, CacheCorruptedException, CacheDirectoryCreationException {
        Leftovers.sweep(access.cache().unfinishedBaseLayers());
        var cache = Cache.withDirectory(access.cache().baseLayers());
        var arriving = new ArrayList<Future<CachedLayer>>();
        var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        try {
            for (var layer : stored) {
                arriving.add(threads.submit(() -> fetch(repository, cache, layer)));
            }
            var layers = new ArrayList<CachedLayer>();
            for (var layer : arriving) {
                layers.add(layer.get());
            }
            return layers;
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            arriving.forEach(layer -> layer.cancel(true));
            // waits until what was cut off has removed its half file
            threads.close();
        }
    }

    private CachedLayer fetch(Repository repository, Cache cache, ContentDescriptorTemplate stored)
            throws IOException, CacheCorruptedException {
        DescriptorDigest digest = Objects.requireNonNull(stored.getDigest());
        var known = cache.retrieve(digest);
        if (known.isPresent()) {
            return known.get();
        }
        var name = digest.toString();
        access.listener().begins(name, stored.getSize());
        var layer =
                cache.writeCompressedLayer(
                        repository.layer(
                                digest,
                                size -> {},
                                bytes -> access.listener().received(name, bytes)));
        access.listener().ends(name);
        return layer;
    }
}
