package dev.keyhole.app.image;

import dev.keyhole.app.Terminal;
import dev.keyhole.gateway.boot.Release;
import dev.keyhole.image.build.BuildListener;
import dev.keyhole.image.build.Kit;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every verb that lays a Keyhole onto a base can be told. */
final class BuildOptions {
    @Mixin private RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--init",
            paramLabel = "FILE",
            description = "The static tini to put in. Default: this machine's.")
    private @Nullable Path init;

    String architecture() {
        return registry.architecture();
    }

    /** With the jars and the Java that run this very command. */
    Kit kit(Progress progress) {
        String classPath = System.getenv("KEYHOLE_CLASSPATH");
        return new Kit(
                Release.VERSION,
                classPath == null ? System.getProperty("java.class.path", "") : classPath,
                Path.of(System.getProperty("java.home")),
                Optional.ofNullable(init),
                registry.access(progress.bars));
    }

    /** What a person sees meanwhile. */
    static final class Progress implements BuildListener {
        private static final long REDRAW_NANOS = 100_000_000;

        private final dev.keyhole.gateway.boot.ProgressLine line = Terminal.progress();
        private final boolean live = Terminal.isLive();
        private final LayerBars bars = new LayerBars(line, live);
        private long drawn;

        @Override
        public void step(String text) {
            line.step(text);
        }

        @Override
        public void warning(String text) {
            line.say("warning: " + text);
        }

        @Override
        public synchronized void progress(double done, String what) {
            long now = System.nanoTime();
            if (live && now - drawn > REDRAW_NANOS) {
                drawn = now;
                line.step(bar(done) + " " + what);
            }
        }

        static String bar(double done) {
            return String.format(Locale.ROOT, "Layers %s %3.0f %%", Bar.of(done, 1), done * 100);
        }

        void done() {
            line.done();
        }
    }
}
