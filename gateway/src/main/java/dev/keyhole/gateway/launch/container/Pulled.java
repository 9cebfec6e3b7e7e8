package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Hears an engine pull an image, and says how far it is: {@code pulling 3 of 7 layers, 120 of 840 MB}. */
final class Pulled extends ResultCallback.Adapter<PullResponseItem> {
    private static final long MEGABYTE = 1_000_000;

    private record Layer(long here, long size, boolean done) {}

    private final Consumer<String> progress;
    private final AtomicReference<String> trouble = new AtomicReference<>("");
    private final Map<String, Layer> layers = new LinkedHashMap<>();

    Pulled(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
        ResponseItem.ErrorDetail error = item.getErrorDetail();
        if (error != null && error.getMessage() != null) {
            trouble.set(error.getMessage());
        }
        String id = item.getId();
        String status = item.getStatus();
        // Docker names the tag first, as if it were a layer.
        if (id != null && status != null && !status.startsWith("Pulling from ")) {
            layer(id, status, Optional.ofNullable(item.getProgressDetail()));
            progress.accept(text());
        }
        super.onNext(item);
    }

    private synchronized void layer(
            String id, String status, Optional<ResponseItem.ProgressDetail> detail) {
        Layer before = layers.getOrDefault(id, new Layer(0, 0, false));
        long here = detail.map(ResponseItem.ProgressDetail::getCurrent).orElse(before.here());
        long size = detail.map(ResponseItem.ProgressDetail::getTotal).orElse(before.size());
        boolean done =
                before.done()
                        || status.equals("Pull complete")
                        || status.equals("Already exists")
                        || status.equals("Download complete");
        layers.put(id, new Layer(done ? size : here, size, done));
    }

    synchronized String text() {
        long done = layers.values().stream().filter(Layer::done).count();
        long here = layers.values().stream().mapToLong(Layer::here).sum();
        long size = layers.values().stream().mapToLong(Layer::size).sum();
        String bytes = size == 0 ? "" : ", " + here / MEGABYTE + " of " + size / MEGABYTE + " MB";
        return "pulling " + done + " of " + layers.size() + " layers" + bytes;
    }

    /** What the engine said went wrong; empty when nothing did. */
    Optional<String> trouble() {
        return Optional.of(trouble.get()).filter(text -> !text.isEmpty());
    }
}
