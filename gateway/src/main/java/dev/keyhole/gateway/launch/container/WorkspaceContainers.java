package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one container of each principal: found again, or made. Thread-safe as far as one principal is handled by one thread. */
record WorkspaceContainers(Setting setting, WorkspaceLabels labels, ContainerRecords records) {
    private static final int LOG_LINES = 20;

    /** What runs of that principal. */
    Optional<InspectContainerResponse> running(Engine here, PrincipalName owner)
            throws LaunchFailure {
        return here.inspect(labels.name(owner))
                .filter(container -> Boolean.TRUE.equals(container.getState().getRunning()));
    }

    /** The one that runs, else a new one; nothing is left of one that does not start. */
    InspectContainerResponse ensure(
            Engine here, PrincipalName owner, String image, ContainerPlaces.Place place)
            throws LaunchFailure, IOException {
        Optional<InspectContainerResponse> there = running(here, owner);
        if (there.isPresent()) {
            return there.get();
        }
        String name = labels.name(owner);
        // One that has ended is of its image's time; the next one takes what is offered now.
        here.remove(name, Duration.ZERO);
        try {
            here.create(spec(owner, name, image, place));
            here.start(name);
            return running(here, owner)
                    .orElseThrow(() -> EngineFailure.ended(name, logOf(here, name)));
        } catch (LaunchFailure e) {
            here.remove(name, Duration.ZERO);
            throw e;
        }
    }

    private ContainerSpec spec(
            PrincipalName owner, String name, String image, ContainerPlaces.Place place)
            throws IOException {
        Map<String, String> all = new TreeMap<>(labels.of(owner));
        all.put(WorkspaceLabels.IMAGE, image);
        return new ContainerSpec(
                name,
                image,
                records.volume(owner, name),
                all,
                place.planted(),
                place.run(),
                setting.network(),
                setting.limits().apply(owner));
    }

    private static List<String> logOf(Engine here, String name) {
        try {
            return here.log(name, LOG_LINES);
        } catch (LaunchFailure e) {
            return List.of(e.getMessage());
        }
    }

    /** Milliseconds since 1970: with the container's name it names one run of it. */
    static long startedAt(InspectContainerResponse container) {
        String text = container.getState().getStartedAt();
        return text == null ? 0 : Instant.parse(text).toEpochMilli();
    }
}
