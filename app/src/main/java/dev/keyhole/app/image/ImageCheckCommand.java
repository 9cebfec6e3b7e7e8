package dev.keyhole.app.image;

import dev.keyhole.app.Terminal;
import dev.keyhole.gateway.boot.Release;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.RegistryLookup;
import dev.keyhole.image.freshness.EndOfLife;
import dev.keyhole.image.freshness.FreshnessCheck;
import dev.keyhole.image.freshness.Scanner;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyhole image check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says whether an image should be built again.",
            "Newer digests and tags of its base, ends of maintenance, a Jupyter with known ways in, and "
                    + "known vulnerabilities where trivy or grype is installed.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keyhole image check registry.example.org/team/workspace:1",
            "  keyhole image check tensorflow/tensorflow:2.9.0-jupyter --quick",
            "",
            "Exit status: 0 nothing to do, 1 failed, 2 usage, 3 login refused, 4 unreachable,",
            "7 action is due."
        })
final class ImageCheckCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description = "One of our images, or a base: a reference, or a file of `docker save`.")
    private String image = "";

    @Mixin private RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--quick",
            description = "Do not look into the layers, so that none is downloaded.")
    private boolean quick;

    @Option(names = "--no-scan", description = "Run no scanner.")
    private boolean noScan;

    @Option(
            names = "--eol",
            paramLabel = "FILE",
            description = "A newer list of ends of maintenance: lines PRODUCT LINE YYYY-MM-DD.")
    private @Nullable Path ends;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageFailure {
        var progress = Terminal.progress();
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var access = registry.access(new LayerBars(progress, Terminal.isLive()));
        var check =
                new FreshnessCheck(
                        new FreshnessCheck.Means(
                                new RegistryLookup(access),
                                new BaseReader(access),
                                ends == null ? EndOfLife.own() : EndOfLife.of(ends),
                                Scanner.installed(System.getenv()),
                                Clock.systemUTC()));
        var wish =
                new FreshnessCheck.Wish(
                        image, registry.architecture(), !quick, !noScan, Release.VERSION);
        try {
            if (!json) {
                progress.step("Looking at " + image);
            }
            var report = check.check(wish);
            progress.done();
            if (json) {
                out.println(Json.write(report));
            } else {
                CheckText.lines(report).forEach(out::println);
            }
            out.flush();
            return (report.due() ? ExitStatus.PROBLEMS_FOUND : ExitStatus.DONE).number();
        } finally {
            progress.done();
        }
    }
}
