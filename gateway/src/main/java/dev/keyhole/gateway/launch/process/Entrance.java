package dev.keyhole.gateway.launch.process;

import java.util.List;

/**
 * How a process gets inside the walls of its workspace.
 *
 * @param words of the command line that come first, as root; each step becomes the next by exec
 */
record Entrance(List<String> words) {
    /** There are no walls, or it is a process that must stay outside them. */
    static final Entrance NONE = new Entrance(List.of());

    Entrance {
        words = List.copyOf(words);
    }
}
