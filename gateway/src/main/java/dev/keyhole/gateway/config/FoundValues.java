package dev.keyhole.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands in a file, by path; and all that is wrong with it, collected while it is read. Used by one thread. */
final class FoundValues {
    private final Map<String, List<Located<String>>> byPath = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<String, SortedMap<String, Integer>> namesByBlock = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notices = new ArrayList<>();

    /** @param line of the key; its values may stand in later ones */
    void found(String path, int line, List<Located<String>> values) {
        byPath.put(path, values);
        lines.put(path, line);
    }

    void problem(int line, String text) {
        problems.add(new Problem(line, text));
    }

    void notice(int line, String text) {
        notices.add(new Problem(line, text));
    }

    /** In the order of the lines. */
    List<Problem> problems() {
        return problems.stream().sorted().toList();
    }

    /** In the order of the lines. */
    List<Problem> notices() {
        return notices.stream().sorted().toList();
    }

    /** The value of a key, else its default; a wrong value is a problem and counts as absent. */
    <T> T valueOf(Key<T> key) {
        return optional(key).orElseGet(key::usual);
    }

    /** The value of a key that may be absent; a wrong value is a problem and counts as absent. */
    <T> Optional<T> optional(Key<T> key) {
        return list(key).stream().findFirst().map(Located::value);
    }

    /** The values of a list; wrong ones are problems and are left out. */
    <T> List<Located<T>> list(Key<T> key) {
        List<Located<T>> values = new ArrayList<>();
        for (Located<String> text : byPath.getOrDefault(key.path(), List.of())) {
            try {
                values.add(new Located<>(key.unit().parse().apply(text.value()), text.line()));
            } catch (IllegalArgumentException e) {
                problem(text.line(), "`" + key.path() + "`: " + e.getMessage());
            }
        }
        return values;
    }

    /** Whether the file names the key at all. */
    boolean isThere(Key<?> key) {
        return byPath.containsKey(key.path());
    }

    /** The line of a key that is in the file, else of the file's first. */
    int lineOf(Key<?> key) {
        return byPath.getOrDefault(key.path(), List.of()).stream()
                .findFirst()
                .map(Located::line)
                .orElse(lines.getOrDefault(key.path(), 1));
    }

    /** Remembers a name that the operator chose inside a block, and where. */
    void named(String block, String name, int line) {
        namesByBlock.computeIfAbsent(block, missing -> new TreeMap<>()).put(name, line);
    }

    /** The names that the operator chose inside a block, with their lines. */
    SortedMap<String, Integer> names(String block) {
        return namesByBlock.getOrDefault(block, new TreeMap<>());
    }
}
