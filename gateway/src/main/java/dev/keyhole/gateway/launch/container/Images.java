package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The images that an engine gets for workspaces: each is pulled once, however many wait for it. Thread-safe. */
final class Images {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, String> progress = new ConcurrentHashMap<>();

    /** Returns when the engine has it. Takes as long as the pull takes. */
    void have(Engine engine, String image) throws LaunchFailure {
        if (engine.hasImage(image)) {
            return;
        }
        ReentrantLock lock = locks.computeIfAbsent(image, name -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
            try {
                if (!engine.hasImage(image)) {
                    pull(engine, image);
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("It was stopped while its image was pulled.", List.of());
        }
    }

    private void pull(Engine engine, String image) throws LaunchFailure, InterruptedException {
        progress.put(image, "pulling " + image);
        try {
            engine.pull(image, text -> progress.put(image, text));
        } finally {
            progress.remove(image);
        }
    }

    /** How far the pull of an image is; empty when none is under way. */
    Optional<String> progress(String image) {
        return Optional.ofNullable(progress.get(image));
    }
}
