package dev.keyhole.gateway.launch.process;

import java.nio.file.Path;
import java.util.List;

/**
 * A Python that can run a workspace's services.
 *
 * @param jupyter the command that starts JupyterLab, absolute program first; its arguments are appended
 * @param python the interpreter that has TensorBoard, when any has
 * @param bin its directory of programs, first in the PATH of notebooks
 * @param tensorboard whether that interpreter can import it
 * @param versions what was found, for people: {@code jupyter_server 2.21.1, ...}
 */
public record Installation(
        List<String> jupyter, Path python, Path bin, boolean tensorboard, String versions) {
    public Installation {
        jupyter = List.copyOf(jupyter);
    }
}
