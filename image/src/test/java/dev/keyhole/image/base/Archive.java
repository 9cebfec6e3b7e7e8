package dev.keyhole.image.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A docker-archive of layers made in a test. */
final class Archive {
    private final List<byte[]> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();
    private String architecture = "amd64";
    private String run =
            """
            {"Env":["PATH=/usr/bin:/bin","LANG=C.UTF-8"],"User":"","WorkingDir":"/tf",
            "Cmd":["bash"],"Labels":{"maintainer":"somebody"}}\
            """;

    Archive layer(Tar layer) {
        var bytes = layer.bytes();
        layers.add(bytes);
        diffIds.add(Tar.digest(bytes));
        return this;
    }

    Archive gzippedLayer(Tar layer) {
        var bytes = layer.bytes();
        layers.add(Tar.gzip(bytes));
        diffIds.add(Tar.digest(bytes));
        return this;
    }

    Archive architecture(String name) {
        architecture = name;
        return this;
    }

    byte[] config() {
        var quoted = diffIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return """
        {"architecture":"%s","os":"linux","created":"2022-05-16T20:15:00.5Z","config":%s,
        "rootfs":{"type":"layers","diff_ids":[%s]}}\
        """
                .formatted(architecture, run, quoted)
                .getBytes(StandardCharsets.UTF_8);
    }

    Path write(Path file) throws IOException {
        var tar = new Tar();
        var names = new ArrayList<String>();
        for (int i = 0; i < layers.size(); i++) {
            names.add("\"" + i + "/layer.tar\"");
            tar.file(i + "/layer.tar", 0644, layers.get(i));
        }
        tar.file("config.json", 0644, config());
        tar.file(
                "manifest.json",
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"base:1\"],\"Layers\":["
                        + String.join(",", names)
                        + "]}]");
        return Files.write(file, tar.bytes());
    }
}
