package dev.keyhole.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each outside library comes in through one package; that package is its door. */
final class LibraryDoors {
    private record Door(String name, List<String> library) {}

    private static final List<Door> DOORS =
            List.of(
                    new Door("gateway.ssh", List.of("org.apache.sshd..", "org.bouncycastle..")),
                    new Door("gateway.config", List.of("org.snakeyaml..")),
                    new Door("gateway.operator", List.of("tools.jackson..")),
                    new Door("gateway.metrics", List.of("io.prometheus..")),
                    // The JDK's only way to hear a second Ctrl-C.
                    new Door("gateway.boot", List.of("sun.misc..")),
                    new Door(
                            "gateway.store",
                            List.of(
                                    "java.sql..",
                                    "javax.sql..",
                                    "org.sqlite..",
                                    "org.jdbi..",
                                    "org.flywaydb..")),
                    new Door("gateway.launch.container", List.of("com.github.dockerjava..")),
                    new Door(
                            "image",
                            List.of(
                                    "com.google.cloud.tools.jib..",
                                    "com.fasterxml.jackson..",
                                    "org.apache.commons.compress..")),
                    new Door("app", List.of("picocli..", "ch.qos.logback..")));

    /** What anybody may use: the JDK, names for null, and the logging facade. */
    private static final List<String> FREE =
            List.of("java..", "javax..", "jdk..", "org.jspecify..", "org.slf4j..");

    /**
     * Parts of MINA that are a risk by being there (CVE-2022-45047, CVE-2026-77185, file transfer and shells on the door
     * itself, doors without locks).
     */
    private static final DescribedPredicate<JavaClass> DANGEROUS =
            resideInAnyPackage("org.apache.sshd.sftp..", "org.apache.sshd.scp..")
                    .or(processesOnTheDoor())
                    .or(resideInAnyPackage("org.apache.sshd.server.subsystem.."))
                    .or(named("server.keyprovider.SimpleGeneratorHostKeyProvider"))
                    .or(named("server.keyprovider.AbstractGeneratorHostKeyProvider"))
                    .or(named("server.config.keys.DefaultAuthorizedKeysAuthenticator"))
                    .or(named("server.config.keys.AuthorizedKeysAuthenticator"))
                    .or(named("server.auth.AsyncAuthException"))
                    .or(acceptsAll());

    private final String root;

    LibraryDoors(String root) {
        this.root = root;
    }

    /** By the name of the door: nobody else imports its library. */
    Map<String, ArchRule> oneDoorEach() {
        var rules = new LinkedHashMap<String, ArchRule>();
        for (var door : DOORS) {
            rules.put(
                    door.name(),
                    noClasses()
                            .that()
                            .resideInAPackage(root + "..")
                            .and()
                            .resideOutsideOfPackage(root + "." + door.name() + "..")
                            .should(dependOnClassesThat(of(door.library())))
                            .as(String.join(", ", door.library()) + " only in " + door.name())
                            .allowEmptyShould(true));
        }
        return rules;
    }

    ArchRule everyLibraryHasADoor() {
        var known = new ArrayList<>(FREE);
        known.add(House.ROOT + "..");
        DOORS.forEach(door -> known.addAll(door.library()));
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should(dependOnClassesThat(not(of(known))))
                .as("every library has a door in LibraryDoors")
                .allowEmptyShould(true);
    }

    ArchRule nothingDangerousOfMina() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should(dependOnClassesThat(DANGEROUS))
                .as(
                        "no generated host keys, ready-made or open authenticators, or file transfer of MINA")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> of(List<String> packages) {
        return resideInAnyPackage(packages.toArray(String[]::new));
    }

    /** MINA has five of these, for tests: keys, passwords, hosts, host keys, forwards. */
    private static DescribedPredicate<JavaClass> acceptsAll() {
        return DescribedPredicate.describe(
                "accepts all",
                type ->
                        type.getPackageName().startsWith("org.apache.sshd.")
                                && type.getSimpleName().startsWith("AcceptAll"));
    }

    /** All but the interface, which is needed to say that there is none. */
    private static DescribedPredicate<JavaClass> processesOnTheDoor() {
        return DescribedPredicate.describe(
                "starts processes on the door",
                type ->
                        type.getPackageName().equals("org.apache.sshd.server.shell")
                                && !type.getSimpleName().equals("ShellFactory"));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(
                name, type -> type.getName().equals("org.apache.sshd." + name));
    }
}
