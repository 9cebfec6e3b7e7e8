package dev.keyhole.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of keys as the tree that the file is: blocks of names, with keys as leaves. */
final class KeyTree {
    private final Map<String, KeyTree> children = new LinkedHashMap<>();
    private @Nullable Key<?> key;

    static KeyTree of(List<Key<?>> keys) {
        KeyTree root = new KeyTree();
        for (Key<?> key : keys) {
            KeyTree node = root;
            for (String name : key.path().split("\\.")) {
                node = node.children.computeIfAbsent(name, missing -> new KeyTree());
            }
            node.key = key;
        }
        return root;
    }

    /** The leaf's key; null for a block. */
    @Nullable Key<?> key() {
        return key;
    }

    /** Whether the names in this block are chosen by the operator. */
    boolean isOpen() {
        return children.containsKey(ConfigTable.NAME);
    }

    /** What a name means in this block; null when nothing. */
    @Nullable KeyTree child(String name) {
        return children.get(isOpen() ? ConfigTable.NAME : name);
    }

    List<String> names() {
        return List.copyOf(children.keySet());
    }
}
