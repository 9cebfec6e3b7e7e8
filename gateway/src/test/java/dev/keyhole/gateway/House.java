package dev.keyhole.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules of the house look at. Run by the gateway's own tests it is the gateway and what lies beneath; run once
 * more from {@code app}, with the property {@code keyhole.house}, it is every module.
 */
final class House {
    static final String ROOT = "dev.keyhole";

    /** The same house in miniature, where each class breaks one rule: proof that the rules can bite. */
    static final String VIOLATORS = "dev.keyhole.fixtures";

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private House() {}

    static JavaClasses mainClasses() {
        return imported("target/classes");
    }

    /** Main and test classes, without the violators. */
    static JavaClasses allClasses() {
        return imported("target/classes", "target/test-classes");
    }

    static JavaClasses violators() {
        return new ClassFileImporter().importPackages(VIOLATORS);
    }

    static List<String> modules() {
        return List.of(System.getProperty("keyhole.house", "wire,gateway").split(","));
    }

    /** Whether a module has more than a page that says what it is for. */
    static boolean hasCode(String module) {
        var main = CHECKOUT.resolve(module).resolve("src/main/java");
        return sources().stream()
                .anyMatch(file -> file.startsWith(main) && !file.endsWith("package-info.java"));
    }

    /** Every Java source of every module, whatever is compiled. */
    static List<Path> sources() {
        try (var files = Files.walk(CHECKOUT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !CHECKOUT.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JavaClasses imported(String... folders) {
        var paths = new ArrayList<Path>();
        for (var module : modules()) {
            for (var folder : folders) {
                var path = CHECKOUT.resolve(module).resolve(folder);
                if (Files.isDirectory(path)) {
                    paths.add(path);
                }
            }
        }
        return new ClassFileImporter()
                .withImportOption(place -> !place.contains("dev/keyhole/fixtures/"))
                .importPaths(paths);
    }
}
