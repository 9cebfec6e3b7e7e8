package dev.keyhole.gateway.model;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which GPUs a workspace may open. Immutable. */
public sealed interface Gpus {
    /** Every one of the machine. */
    record All() implements Gpus {
        @Override
        public String toString() {
            return "all";
        }
    }

    /** So many of those that no other running workspace has; 0 is none. */
    record Count(int number) implements Gpus {
        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /**
     * These, whoever else has them.
     *
     * @param names as in {@code /dev} or {@code /dev/dri}: {@code nvidia0}, {@code renderD128}; for containers also
     *     the ids of NVIDIA's, {@code GPU-…} and {@code MIG-…}
     */
    record Named(List<String> names) implements Gpus {
        public Named {
            names = List.copyOf(new TreeSet<>(names));
        }

        @Override
        public String toString() {
            return String.join(",", names);
        }
    }

    Pattern NUMBER = Pattern.compile("\\d{1,2}");
    Pattern NAME =
            Pattern.compile(
                    "(?:nvidia|renderD)\\d{1,3}|(?:GPU|MIG|MIG-GPU)-[0-9a-fA-F-]{1,64}(?:/\\d{1,2}){0,2}");

    /**
     * Reads {@code all}, {@code none}, a number, or names with commas.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    static Gpus parse(String text) {
        if (text.equals("all")) {
            return new All();
        }
        if (text.equals("none")) {
            return new Count(0);
        }
        if (NUMBER.matcher(text).matches()) {
            return new Count(Integer.parseInt(text));
        }
        List<String> names = List.of(text.split(",", -1));
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "'"
                                + text
                                + "' is no choice of GPUs; write all, none, a number, or names such as"
                                + " nvidia0,nvidia1");
            }
        }
        return new Named(names);
    }
}
