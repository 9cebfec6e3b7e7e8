package dev.keyhole.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Opens an address in the person's browser: the one that the environment names, else what the system prefers. */
public final class Browser {
    private final Map<String, String> environment;
    private final String system;

    public Browser(Map<String, String> environment, String system) {
        this.environment = environment;
        this.system = system.toLowerCase(Locale.ROOT);
    }

    /** Tries to open it and says whether a program took it. */
    boolean open(String url) {
        for (List<String> command : commands(url)) {
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                process.getOutputStream().close();
                boolean gaveUp = process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() != 0;
                if (!gaveUp) {
                    return true;
                }
            } catch (IOException e) {
                // This one is not installed; the next one may be.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** The commands to try, best first. No shell sees the address. */
    List<List<String>> commands(String url) {
        Optional<String> named = named("KEYHOLE_BROWSER").or(() -> named("BROWSER"));
        if (named.isPresent()) {
            return Arrays.stream(named.get().split(":"))
                    .filter(command -> !command.isBlank())
                    .map(command -> withUrl(command.strip(), url))
                    .toList();
        }
        if (system.startsWith("mac")) {
            return List.of(List.of("open", url));
        }
        if (system.startsWith("windows")) {
            return List.of(List.of("rundll32", "url.dll,FileProtocolHandler", url));
        }
        boolean hasDisplay =
                named("DISPLAY").isPresent()
                        || named("WAYLAND_DISPLAY").isPresent()
                        || named("WSL_DISTRO_NAME").isPresent();
        return hasDisplay ? List.of(List.of("xdg-open", url)) : List.of();
    }

    private Optional<String> named(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static List<String> withUrl(String command, String url) {
        List<String> words = new ArrayList<>(List.of(command.split("\\s+")));
        if (command.contains("%s")) {
            words.replaceAll(word -> word.replace("%s", url));
        } else {
            words.add(url);
        }
        return List.copyOf(words);
    }
}
