package dev.keyhole.image.base;

import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a name in a {@link FileTree} stands for. Not thread-safe. */
sealed interface Node {
    /** A directory; its owner may be told anew by a later layer, its children stay. */
    final class Directory implements Node {
        private final NavigableMap<String, Node> children = new TreeMap<>();
        private Owner owner;

        Directory(Owner owner) {
            this.owner = owner;
        }

        NavigableMap<String, Node> children() {
            return children;
        }

        Owner owner() {
            return owner;
        }

        void ownedBy(Owner newOwner) {
            owner = newOwner;
        }
    }

    /**
     * A file; names that are hard links of each other share one.
     *
     * @param text its text, where somebody will want to read it
     * @param copy its bytes in the cache, where a later layer must write it anew
     */
    record Regular(Owner owner, boolean capabilities, Optional<String> text, Optional<Path> copy)
            implements Node {}

    /** A symbolic link. */
    record Link(String target) implements Node {}

    /** A device or a pipe: there, and of no interest. */
    record Other() implements Node {}
}
