package dev.keyhole.image.base;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image in memory, layer applied over layer as the OCI image specification says (layer.md, "Applying
 * Changesets"). A name below a symbolic link lands where the link points, as for an engine that unpacks; no link leads
 * out of the tree. Not thread-safe.
 */
final class FileTree {
    /** As many as Linux follows before it says ELOOP. */
    private static final int MOST_LINKS = 40;

    private final Node.Directory root = new Node.Directory(Owner.OF_NOBODY);

    /** Puts a directory there, or tells the one that is there to whom it belongs now. */
    void directory(String path, Owner owner) {
        var names = Names.of(path);
        if (names.isEmpty()) {
            root.ownedBy(owner);
            return;
        }
        var parent = makeDirectory(names.subList(0, names.size() - 1));
        if (parent.children().get(names.getLast()) instanceof Node.Directory there) {
            there.ownedBy(owner);
        } else {
            parent.children().put(names.getLast(), new Node.Directory(owner));
        }
    }

    /** Puts anything else there, in place of what was. */
    void put(String path, Node node) {
        var names = Names.of(path);
        if (!names.isEmpty()) {
            makeDirectory(names.subList(0, names.size() - 1)).children().put(names.getLast(), node);
        }
    }

    /** Takes away what is there, with all below it. */
    void remove(String path) {
        var names = Names.of(path);
        if (!names.isEmpty()
                && find(names.subList(0, names.size() - 1), true)
                        instanceof Node.Directory parent) {
            parent.children().remove(names.getLast());
        }
    }

    /** What stands at a path, links followed. */
    Optional<Node> at(String path) {
        return Optional.ofNullable(find(Names.of(path), true));
    }

    /** What stands at a path itself, be it a link; links above it are followed. */
    Optional<Node> itself(String path) {
        return Optional.ofNullable(find(Names.of(path), false));
    }

    /** The text of a file, if it was kept. */
    Optional<String> text(String path) {
        return at(path).filter(Node.Regular.class::isInstance)
                .map(Node.Regular.class::cast)
                .flatMap(Node.Regular::text);
    }

    boolean isFile(String path) {
        return at(path).filter(Node.Regular.class::isInstance).isPresent();
    }

    /** The names in a directory, links followed; none where there is no directory. */
    List<String> names(String path) {
        return at(path).filter(Node.Directory.class::isInstance)
                .map(found -> List.copyOf(((Node.Directory) found).children().keySet()))
                .orElse(List.of());
    }

    /** The directories above a path, by path, outermost first; the root is not among them. */
    Map<String, Owner> parents(String path) {
        var owners = new TreeMap<String, Owner>();
        var names = Names.of(path);
        for (int depth = 1; depth < names.size(); depth++) {
            if (find(names.subList(0, depth), true) instanceof Node.Directory directory) {
                owners.put(String.join("/", names.subList(0, depth)), directory.owner());
            }
        }
        return owners;
    }

    /** Every name in the tree with what it stands for, in order; links are named and not followed. */
    void forEach(BiConsumer<String, Node> visitor) {
        visit("", root, visitor);
    }

    private static void visit(
            String path, Node.Directory directory, BiConsumer<String, Node> visitor) {
        directory
                .children()
                .forEach((name, node) -> {
                    var full = path.isEmpty() ? name : path + "/" + name;
                    visitor.accept(full, node);
                    if (node instanceof Node.Directory below) {
                        visit(full, below, visitor);
                    }
                });
    }

    /** The directory at these names, made where it is missing; a file in the way gives way. */
    private Node.Directory makeDirectory(List<String> names) {
        var at = root;
        var walked = new ArrayList<String>();
        for (var name : names) {
            walked.add(name);
            if (find(walked, true) instanceof Node.Directory there) {
                at = there;
            } else {
                var made = new Node.Directory(Owner.OF_NOBODY);
                at.children().put(name, made);
                at = made;
            }
        }
        return at;
    }

    private @Nullable Node find(List<String> names, boolean followLast) {
        Deque<Node.Directory> above = new ArrayDeque<>();
        Deque<String> ahead = new ArrayDeque<>(names);
        Node.Directory at = root;
        int links = 0;
        while (!ahead.isEmpty()) {
            var name = ahead.pop();
            if (name.equals("..")) {
                at = above.isEmpty() ? root : above.pop();
                continue;
            }
            var next = at.children().get(name);
            if (next instanceof Node.Link link && (followLast || !ahead.isEmpty())) {
                if (++links > MOST_LINKS) {
                    return null;
                }
                if (link.target().startsWith("/")) {
                    above.clear();
                    at = root;
                }
                Names.ofTarget(link.target()).reversed().forEach(ahead::push);
            } else if (next instanceof Node.Directory directory) {
                above.push(at);
                at = directory;
            } else {
                return ahead.isEmpty() ? next : null;
            }
        }
        return at;
    }
}
