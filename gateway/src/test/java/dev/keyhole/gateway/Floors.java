package dev.keyhole.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The floors of the gateway, lowest first, as rules for the house at a root package. */
final class Floors {
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("model"),
                    List.of("audit", "config"),
                    List.of("access", "ban"),
                    List.of("workspace"),
                    List.of("control"),
                    List.of(
                            "ssh",
                            "authlog",
                            "broker",
                            "operator",
                            "metrics",
                            "syslog",
                            "checkpoints",
                            "web",
                            "launch.process",
                            "launch.attached",
                            "launch.container",
                            "launch.kubernetes",
                            "store"),
                    List.of("boot"));

    private final String root;

    Floors(String root) {
        this.root = root;
    }

    /** For each package: it imports neither a floor above nor a neighbour. */
    Map<String, ArchRule> onlyDownwards() {
        var rules = new LinkedHashMap<String, ArchRule>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (var name : FLOORS.get(floor)) {
                var forbidden = new ArrayList<String>();
                for (var others : FLOORS.subList(floor, FLOORS.size())) {
                    others.stream()
                            .filter(other -> !other.equals(name))
                            .forEach(other -> forbidden.add(inside(other)));
                }
                if (!forbidden.isEmpty()) {
                    rules.put(
                            name,
                            noClasses()
                                    .that()
                                    .resideInAPackage(inside(name))
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                                    .as(name + " imports only lower floors and no neighbour")
                                    .allowEmptyShould(true));
                }
            }
        }
        return rules;
    }

    ArchRule everyClassHasItsFloor() {
        var known = FLOORS.stream().flatMap(List::stream).map(this::inside).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + ".gateway..")
                .should()
                .resideInAnyPackage(known)
                .as("every class of the gateway stands on a floor")
                .allowEmptyShould(true);
    }

    ArchRule noCycles() {
        return SlicesRuleDefinition.slices()
                .matching(root + ".gateway.(**)")
                .should()
                .beFreeOfCycles()
                .as("packages form no cycle")
                .allowEmptyShould(true);
    }

    ArchRule wireKnowsNobody() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".wire..")
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage(root + ".wire..", "java..", "org.jspecify..")))
                .as("wire depends on the JDK alone")
                .allowEmptyShould(true);
    }

    /** The parts of the product meet in the command and nowhere else. */
    ArchRule partsMeetOnlyInApp() {
        return noClasses()
                .that(resideInAnyPackage(root + ".client..", root + ".image..", root + ".doctor.."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(root + ".gateway..").or(resideInAPackage(root + ".app..")))
                .as("client, image and doctor know neither the gateway nor the command")
                .allowEmptyShould(true);
    }

    private String inside(String name) {
        return root + ".gateway." + name + "..";
    }
}
