package dev.keyhole.app.image;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.build.Dockerfile;
import dev.keyhole.wire.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyhole image dockerfile}. */
@Command(
        name = "dockerfile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints a Dockerfile that makes the same image as `keyhole image build`.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keyhole image dockerfile --from tensorflow/tensorflow:2.9.0-jupyter --context tf",
            "  podman build -t tf tf",
            "",
            "Exit status: 0 done, 1 failed, 2 usage, 3 login refused, 4 unreachable."
        })
final class ImageDockerfileCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "BASE",
            description = "An image in a registry.")
    private String from = "";

    @Option(
            names = "--context",
            paramLabel = "DIR",
            description = "Write it there, with the files that it copies.")
    private @Nullable Path context;

    @Mixin private BuildOptions options = new BuildOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageFailure {
        BuildOptions.Progress progress = new BuildOptions.Progress();
        try {
            String text =
                    new Dockerfile(options.kit(progress), progress)
                            .write(from, options.architecture(), Optional.ofNullable(context));
            progress.done();
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            if (context == null) {
                out.print(text);
            } else {
                out.println("Build it: podman build -t IMAGE " + context);
            }
            out.flush();
            return ExitStatus.DONE.number();
        } finally {
            progress.done();
        }
    }
}
