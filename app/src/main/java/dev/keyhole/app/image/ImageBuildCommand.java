package dev.keyhole.app.image;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.build.Built;
import dev.keyhole.image.build.ImageBuild;
import dev.keyhole.image.build.Target;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyhole image build}. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a hardened workspace image of a base that has Jupyter, without a daemon.",
            "The same base and the same Keyhole give the same digest.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keyhole image build --from tensorflow/tensorflow:2.9.0-jupyter --to registry.example.org/lab/tf:1",
            "  keyhole image build --from tensorflow/tensorflow:2.9.0-jupyter --tar tf.tar && docker load -i tf.tar",
            "",
            "Exit status: 0 made, 1 failed, 2 usage, 3 login refused, 4 unreachable."
        })
final class ImageBuildCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "BASE",
            description = "An image in a registry, or a file of `docker save`.")
    private String from = "";

    @ArgGroup(multiplicity = "1")
    private To to = new To();

    /** One of two. */
    private static final class To {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "HOST/REPOSITORY:TAG",
                description = "Push it there.")
        private @Nullable String registry;

        @Option(
                names = "--tar",
                required = true,
                paramLabel = "FILE",
                description = "Write it for `docker load`.")
        private @Nullable Path tar;

        Target target() {
            return registry == null
                    ? new Target.Tar(Objects.requireNonNull(tar))
                    : new Target.Registry(registry);
        }
    }

    @Mixin private BuildOptions options = new BuildOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageFailure {
        BuildOptions.Progress progress = new BuildOptions.Progress();
        try {
            Built built =
                    new ImageBuild(options.kit(progress), progress)
                            .build(from, options.architecture(), to.target());
            progress.done();
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.print(json ? json(built) + "\n" : text(built));
            out.flush();
            return ExitStatus.DONE.number();
        } finally {
            progress.done();
        }
    }

    private static String text(Built built) {
        return switch (built.target()) {
            case Target.Registry registry -> registry + "@" + built.digest() + "\n";
            case Target.Tar tar ->
                    tar + " holds " + built.id() + "\nLoad it: docker load -i " + tar + "\n";
        };
    }

    private static String json(Built built) {
        Map<String, Object> base = new LinkedHashMap<>();
        base.put("reference", built.base().reference());
        base.put("digest", built.base().digest());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", built.target().toString());
        document.put("digest", built.digest());
        document.put("id", built.id());
        document.put("base", base);
        document.put("warnings", built.warnings());
        return Json.write(document);
    }
}
