package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The device nodes of this machine's GPUs: one for each card, and those of the driver that every user of a card needs.
 * NVIDIA: {@code nvidiaN} and {@code nvidiactl}, {@code nvidia-uvm}, {@code nvidia-caps}; others: {@code dri/renderDN}
 * and {@code kfd}.
 */
final class GpuNodes {
    private static final Pattern CARD = Pattern.compile("nvidia\\d{1,3}");
    private static final Pattern RENDER = Pattern.compile("renderD\\d{1,3}");
    private static final Pattern NVIDIA_SHARED =
            Pattern.compile("nvidiactl|nvidia-(uvm|uvm-tools|modeset)");

    private final Path dev;

    /** @param dev usually {@code /dev} */
    GpuNodes(Path dev) {
        this.dev = dev;
    }

    /**
     * The nodes that a workspace may open.
     *
     * @param taken nodes that other running workspaces have
     * @throws LaunchFailure when there are not enough, or a name is none
     */
    List<Path> choose(Gpus wish, Collection<Path> taken) throws LaunchFailure {
        List<Path> cards = cards();
        List<Path> renderers = in(dev.resolve("dri"), RENDER);
        List<Path> chosen =
                switch (wish) {
                    case Gpus.All all -> {
                        List<Path> every = new ArrayList<>(cards);
                        renderers.stream()
                                .filter(node -> !every.contains(node))
                                .forEach(every::add);
                        yield every;
                    }
                    case Gpus.Count(int number) -> free(cards, taken, number);
                    case Gpus.Named(var names) -> named(names, cards, renderers);
                };
        return withShared(chosen);
    }

    /** What a number counts: the cards of NVIDIA where there are any, else the renderers. */
    private List<Path> cards() {
        List<Path> nvidia = in(dev, CARD);
        return nvidia.isEmpty() ? in(dev.resolve("dri"), RENDER) : nvidia;
    }

    private static List<Path> free(List<Path> cards, Collection<Path> taken, int number)
            throws LaunchFailure {
        List<Path> free = cards.stream().filter(card -> !taken.contains(card)).toList();
        if (free.size() < number) {
            throw new LaunchFailure(
                    "Of this machine's "
                            + cards.size()
                            + " GPUs "
                            + free.size()
                            + " are free now, and "
                            + number
                            + " are needed. Stop another workspace, or ask the operator for fewer.",
                    List.of());
        }
        return free.subList(0, number);
    }

    private static List<Path> named(List<String> names, List<Path> cards, List<Path> renderers)
            throws LaunchFailure {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            Predicate<Path> same = node -> node.endsWith(name);
            found.add(
                    cards.stream()
                            .filter(same)
                            .findFirst()
                            .or(() -> renderers.stream().filter(same).findFirst())
                            .orElseThrow(() ->
                                    new LaunchFailure(
                                            "This machine has no GPU " + name + ".", List.of())));
        }
        return found;
    }

    private List<Path> withShared(List<Path> chosen) {
        List<Path> nodes = new ArrayList<>(chosen);
        if (chosen.stream().anyMatch(node -> CARD.matcher(name(node)).matches())) {
            nodes.addAll(in(dev, NVIDIA_SHARED));
            nodes.addAll(in(dev.resolve("nvidia-caps"), Pattern.compile("nvidia-cap\\d{1,4}")));
        }
        Path kfd = dev.resolve("kfd");
        if (chosen.stream().anyMatch(node -> RENDER.matcher(name(node)).matches())
                && Files.exists(kfd)) {
            nodes.add(kfd);
        }
        return nodes;
    }

    private static String name(Path node) {
        return String.valueOf(node.getFileName());
    }

    private static List<Path> in(Path directory, Pattern names) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (var nodes = Files.newDirectoryStream(directory)) {
                nodes.forEach(node -> {
                    if (names.matcher(name(node)).matches()) {
                        found.add(node);
                    }
                });
            } catch (IOException e) {
                return List.of();
            }
        }
        found.sort(
                Comparator.comparing((Path node) -> name(node).length())
                        .thenComparing(GpuNodes::name));
        return found;
    }
}
