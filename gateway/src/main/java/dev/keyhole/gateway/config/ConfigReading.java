package dev.keyhole.gateway.config;

import java.util.List;

/** What came of reading a config: all of it, or none of it. */
public sealed interface ConfigReading {
    /**
     * The file is right.
     *
     * @param notices values that are understood and have no effect in this version; to be printed, never swallowed
     */
    record Valid(Config config, List<Problem> notices) implements ConfigReading {}

    /** The file is wrong; nothing may start from it. The problems are in the order of the lines, never empty. */
    record Invalid(List<Problem> problems) implements ConfigReading {}
}
