package dev.keyhole.image.build;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.ProgressEventHandler;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseImage;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.References;
import dev.keyhole.image.base.RegistryAccess;
import dev.keyhole.image.base.RegistryFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Makes an image: read the base, prepare what goes onto it, let jib lay the layers and push or write them. Used by one
 * thread; the listener is called by others too.
 */
public final class ImageBuild {
    private final Kit kit;
    private final BuildListener listener;

    public ImageBuild(Kit kit, BuildListener listener) {
        this.kit = kit;
        this.listener = listener;
    }

    /**
     * Makes it.
     *
     * @param from {@code HOST/REPOSITORY:TAG}, {@code …@sha256:…}, or a docker-archive's path
     * @param architecture such as {@code amd64}
     * @throws ImageFailure (1) base and kit do not fit, disk full; (2) no reference; (3) login refused; (4) a registry does
     *     not answer, which is told within 15 s. Nothing is left behind but layers in the cache
     */
    public Built build(String from, String architecture, Target target) throws ImageFailure {
        boolean insecureTarget =
                target instanceof Target.Registry(String reference) && isInsecure(reference);
        listener.step("reading " + from);
        BaseImage base = new BaseReader(kit.access()).read(from, architecture);
        try {
            try (Drafts drafts = Drafts.make()) {
                Prepared prepared = Prepared.of(base, kit, drafts.directory(), listener);
                listener.step("laying layers onto " + base.reference());
                JibContainer made = containerize(prepared, from, target, insecureTarget);
                return new Built(
                        target,
                        made.getDigest().toString(),
                        made.getImageId().toString(),
                        base,
                        prepared.warnings());
            }
        } catch (IOException e) {
            throw RegistryFailure.of(target.toString(), e);
        }
    }

    /** Asked before anything is downloaded for nothing. */
    private boolean isInsecure(String reference) throws ImageFailure {
        ImageReference parsed = References.parse(reference);
        return kit.access().probe().probe(parsed.getRegistry()).insecure();
    }

    private JibContainer containerize(
            Prepared prepared, String from, Target target, boolean insecureTarget)
            throws ImageFailure, IOException {
        boolean insecure =
                insecureTarget
                        || (!BaseReader.isFile(from) && isInsecure(prepared.base().reference()));
        try {
            return switch (target) {
                case Target.Registry(String reference) ->
                        run(prepared, from, Containerizer.to(registry(reference)), insecure);
                case Target.Tar(Path file) -> {
                    Path whole = file.toAbsolutePath();
                    Path draft = whole.resolveSibling("." + whole.getFileName() + ".new");
                    try {
                        // jib wants a name in the archive; whoever loads it sees this one.
                        TarImage tar =
                                TarImage.at(draft).named("keyhole/workspace:" + kit.version());
                        JibContainer made = run(prepared, from, Containerizer.to(tar), insecure);
                        Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
                        yield made;
                    } finally {
                        Files.deleteIfExists(draft);
                    }
                }
            };
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException e) {
            throw RegistryFailure.of(target.toString(), e);
        } catch (ExecutionException e) {
            throw RegistryFailure.of(
                    target.toString(), Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryFailure.of(target.toString(), new IOException("interrupted", e));
        }
    }

    private RegistryImage registry(String reference) throws ImageFailure {
        return registry(References.parse(reference));
    }

    private RegistryImage registry(ImageReference reference) {
        RegistryImage image = RegistryImage.named(reference);
        kit.access().credentials().retrievers(reference).forEach(image::addCredentialRetriever);
        return image;
    }

    private JibContainer run(
            Prepared prepared, String from, Containerizer containerizer, boolean insecure)
            throws ImageFailure,
                    InvalidImageReferenceException,
                    IOException,
                    RegistryException,
                    CacheDirectoryCreationException,
                    ExecutionException,
                    InterruptedException {
        RegistryAccess access = kit.access();
        return image(prepared, from)
                .containerize(
                        containerizer
                                .setBaseImageLayersCache(access.cache().baseLayers())
                                .setApplicationLayersCache(access.cache().builtLayers())
                                .setAllowInsecureRegistries(insecure)
                                .setToolName("keyhole")
                                .setToolVersion(kit.version())
                                .addEventHandler(
                                        ProgressEvent.class,
                                        new ProgressEventHandler(update ->
                                                listener.progress(
                                                        update.getProgress(),
                                                        String.join(
                                                                ", ",
                                                                update
                                                                        .getUnfinishedLeafTasks())))));
    }

    private JibContainerBuilder image(Prepared prepared, String from)
            throws ImageFailure, InvalidImageReferenceException {
        BaseImage base = prepared.base();
        // By its digest, whatever its tag means by now.
        JibContainerBuilder image =
                BaseReader.isFile(from)
                        ? Jib.from(TarImage.at(Path.of(from)))
                        : Jib.from(registry(References.parse(from).withQualifier(base.digest())));
        image.setPlatforms(Set.of(new Platform(base.architecture(), base.os())))
                .setCreationTime(base.created())
                .setUser(Recipe.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                .setVolumes(AbsoluteUnixPath.get(People.STATE))
                .setExposedPorts(Port.tcp(Recipe.PORT))
                .setEntrypoint(ProgramFiles.entrypoint())
                .setProgramArguments(Recipe.COMMAND);
        prepared.recipe().environment().forEach(image::addEnvironmentVariable);
        prepared.recipe().labels().forEach(image::addLabel);
        for (Map.Entry<String, List<Placed>> layer : prepared.layers().entrySet()) {
            if (!layer.getValue().isEmpty()) {
                image.addFileEntriesLayer(layer(layer.getKey(), layer.getValue()));
            }
        }
        return image;
    }

    private static FileEntriesLayer layer(String name, List<Placed> placed) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Placed one : placed) {
            layer.addEntry(
                    new FileEntry(
                            one.source(),
                            AbsoluteUnixPath.get(one.path()),
                            FilePermissions.fromOctalString("%03o".formatted(one.mode())),
                            FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                            one.uid() + ":" + one.gid()));
        }
        return layer.build();
    }
}
