package dev.keyhole.gateway.config;

/**
 * One thing that is wrong with a config file, or that has no effect yet.
 *
 * @param line from 1
 * @param text one sentence for a person, ending in the next move where there is one
 */
public record Problem(int line, String text) implements Comparable<Problem> {
    /** {@code keyhole.yaml:12: text}, the way compilers say it. */
    public String in(String file) {
        return file + ":" + line + ": " + text;
    }

    @Override
    public int compareTo(Problem other) {
        return Integer.compare(line, other.line);
    }
}
