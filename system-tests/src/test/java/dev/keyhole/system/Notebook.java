package dev.keyhole.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Jupyter server behind a local port, spoken to as its web page does.
 *
 * @param port usually a tunnel's local end
 */
public record Notebook(int port) {
    private static final Path SCRIPT =
            Places.checkout().resolve("system-tests/src/test/python/notebook/notebook.py");

    public static Notebook through(Tunnel tunnel) {
        return new Notebook(tunnel.localPort());
    }

    /** Starts a kernel; gives its id. */
    public String startKernel() {
        return does("start");
    }

    public List<String> kernels() {
        return does("kernels").lines().toList();
    }

    /** Runs code in a kernel and gives what it printed. */
    public String run(String kernel, String code) {
        return does("run", kernel, code);
    }

    /** Stores a file beside the notebooks, by the contents API. */
    public void put(String name, Path file) {
        does("put", name, file.toString());
    }

    private String does(String... words) {
        List<String> command = new ArrayList<>();
        command.add(TestVenv.shared().resolve("bin/python").toString());
        command.addAll(List.of("-B", SCRIPT.toString(), "" + port));
        command.addAll(List.of(words));
        return Ran.of(Duration.ofMinutes(2), command).orFail().stdout().strip();
    }
}
