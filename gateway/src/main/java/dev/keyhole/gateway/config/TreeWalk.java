package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Lays a YAML tree beside the table of keys: what fits becomes a found value, what does not becomes a problem. */
final class TreeWalk {
    private final FoundValues found;
    private final List<RetiredKey> retired;

    TreeWalk(FoundValues found, List<RetiredKey> retired) {
        this.found = found;
        this.retired = retired;
    }

    void walk(Node root, KeyTree keys) {
        block(root, keys, "");
    }

    private void block(Node node, KeyTree keys, String path) {
        if (!(node instanceof MappingNode block)) {
            if (!isNothing(node)) {
                found.problem(
                        line(node),
                        (path.isEmpty() ? "the file" : "`" + path + "`")
                                + " must be a block of keys: "
                                + examples(keys));
            }
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (NodeTuple entry : block.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode name)) {
                found.problem(line(entry.getKeyNode()), "a key must be a word");
                continue;
            }
            Integer before = seen.putIfAbsent(name.getValue(), line(name));
            if (before != null) {
                found.problem(
                        line(name),
                        "`"
                                + join(path, name.getValue())
                                + "` is given twice, first in line "
                                + before);
                continue;
            }
            entry(name, entry.getValueNode(), keys, path);
        }
    }

    private void entry(ScalarNode name, Node value, KeyTree keys, String path) {
        String fullPath = join(path, name.getValue());
        KeyTree child = keys.child(name.getValue());
        if (child == null) {
            unknown(name, keys, fullPath);
            return;
        }
        if (keys.isOpen()) {
            chosenName(name, path);
        }
        Key<?> key = child.key();
        if (key == null) {
            block(value, child, fullPath);
        } else {
            leaf(key, name, value, fullPath);
        }
    }

    private void chosenName(ScalarNode name, String path) {
        try {
            found.named(path, new PrincipalName(name.getValue()).value(), line(name));
        } catch (IllegalArgumentException e) {
            found.problem(line(name), "`" + join(path, name.getValue()) + "`: " + e.getMessage());
        }
    }

    private void leaf(Key<?> key, ScalarNode name, Node value, String path) {
        Optional<List<Located<String>>> texts =
                key.many() ? texts(value) : text(value).map(List::of);
        if (texts.isEmpty()) {
            found.problem(
                    line(name),
                    "`"
                            + path
                            + "` needs "
                            + (key.many() ? "a list of values: " : "one value: ")
                            + key.unit().notation());
            return;
        }
        found.found(path, line(name), texts.get());
    }

    private void unknown(ScalarNode name, KeyTree keys, String path) {
        for (RetiredKey old : retired) {
            if (old.path().equals(path)) {
                found.problem(line(name), "`" + path + "` is no longer used. " + old.nextMove());
                return;
            }
        }
        Optional<String> sibling =
                DidYouMean.nearest(name.getValue(), keys.names())
                        .map(near -> join(parent(path), near));
        Optional<String> elsewhere =
                ConfigTable.KEYS.stream()
                        .map(Key::path)
                        .filter(known -> known.endsWith("." + name.getValue()))
                        .findFirst();
        String next =
                sibling.or(() -> elsewhere)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElseGet(() -> "known here: " + examples(keys));
        found.problem(line(name), "unknown key `" + path + "`; " + next);
    }

    /** One value where a list is due is a list of one. */
    private static Optional<List<Located<String>>> texts(Node node) {
        if (!(node instanceof SequenceNode list)) {
            return text(node).map(List::of);
        }
        List<Located<String>> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            Optional<Located<String>> text = text(item);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(texts);
    }

    private static Optional<Located<String>> text(Node node) {
        return node instanceof ScalarNode scalar && !isNothing(scalar)
                ? Optional.of(new Located<>(scalar.getValue(), line(scalar)))
                : Optional.empty();
    }

    private static boolean isNothing(@Nullable Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    private static String examples(KeyTree keys) {
        return String.join(", ", keys.names());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
