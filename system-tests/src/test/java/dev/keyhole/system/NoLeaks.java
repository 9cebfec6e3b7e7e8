package dev.keyhole.system;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class of tests that leaves a process of its own behind. */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(NoLeaks.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", new Snapshot(pids()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Snapshot before = context.getStore(NAMESPACE).get("before", Snapshot.class);
        Awaitility.await("no process is left behind")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    List<String> left =
                            ProcessHandle.current()
                                    .descendants()
                                    .filter(process ->
                                            before != null
                                                    && !before.pids().contains(process.pid()))
                                    .filter(process -> !SharedDoor.owns(context, process))
                                    .map(process ->
                                            process.pid()
                                                    + " "
                                                    + process.info().commandLine().orElse("?"))
                                    .toList();
                    if (!left.isEmpty()) {
                        throw new AssertionError("left behind: " + left);
                    }
                });
    }

    private static Set<Long> pids() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private record Snapshot(Set<Long> pids) {}
}
