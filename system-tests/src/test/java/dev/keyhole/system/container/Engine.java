package dev.keyhole.system.container;

import dev.keyhole.system.Ran;
import java.nio.file.Path;
import java.util.List;

/** A real container engine with a storage of its own, for a test. As root only. */
public interface Engine extends AutoCloseable {
    /** Where its API is served. */
    Path socket();

    /** Runs a command of its command line and waits for its end. */
    Ran run(String... words);

    /** Whether containers can have a network other than none. */
    boolean bridges();

    /** Ends what serves the API, as kill -9 does; what becomes of containers is the engine's way. */
    void kill();

    /** Serves the API again, on the same socket and storage. Returns when it answers. */
    void serve();

    /** Removes containers, images, networks, mounts and files. */
    @Override
    void close();

    /** Takes in an archive such as {@code keyhole image build --tar} writes, under a name. */
    default String load(Path tar, String name) {
        String said = run("load", "-q", "-i", tar.toString()).orFail().stdout();
        String loaded = said.substring(said.indexOf(": ") + 2).strip();
        run("tag", loaded, name).orFail();
        return name;
    }

    /** What stands in a container's or an image's description, by a template of Go. */
    default String inspect(String container, String template) {
        return run("inspect", "--format", template, container).orFail().stdout().strip();
    }

    /** The names of all its containers, running or not. */
    default List<String> containers() {
        return run("ps", "--all", "--format", "{{.Names}}").orFail().stdout().lines().toList();
    }
}
