package dev.keyhole.gateway;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;

/** What no class of ours does, however handy it is at the moment. */
final class Habits {
    /** Reads the wall clock where a test cannot set it. */
    private static final DescribedPredicate<JavaAccess<?>> UNNAMED_TIME =
            DescribedPredicate.describe(
                    "read the time without a Clock",
                    access -> {
                        var owner = access.getTargetOwner().getName();
                        var name = access.getName();
                        var given = access.getTarget().getFullName();
                        return (owner.equals("java.lang.System")
                                        && name.equals("currentTimeMillis"))
                                || (owner.startsWith("java.time.")
                                        && name.equals("now")
                                        && !given.contains(Clock.class.getName()))
                                || given.equals("java.util.Date.<init>()");
                    });

    private final String root;

    Habits(String root) {
        this.root = root;
    }

    ArchRule nobodySleeps() {
        return all().should()
                .accessTargetWhere(calls("java\\.lang\\.Thread", "sleep"))
                .orShould()
                .accessTargetWhere(calls("java\\.util\\.concurrent\\.TimeUnit", "sleep"))
                .as("nobody sleeps: wait on a condition, or on an injected clock")
                .allowEmptyShould(true);
    }

    ArchRule onlyTheCommandPrints() {
        return all().and()
                .resideOutsideOfPackage(root + ".app..")
                .should()
                .accessTargetWhere(calls("java\\.lang\\.System", "out|err"))
                .orShould()
                .accessTargetWhere(calls(".*", "printStackTrace"))
                .as("only the command prints")
                .allowEmptyShould(true);
    }

    ArchRule timeComesFromAClock() {
        return all().should()
                .accessTargetWhere(UNNAMED_TIME)
                .as("time is System.nanoTime(), or comes from an injected java.time.Clock")
                .allowEmptyShould(true);
    }

    ArchRule clocksAreMadeAtTheTop() {
        return all().and()
                .resideOutsideOfPackages(root + ".app..", root + ".gateway.boot..")
                .should()
                .accessTargetWhere(calls("java\\.time\\.Clock", "system.*|tick.*"))
                .as("only boot and the command make clocks")
                .allowEmptyShould(true);
    }

    ArchRule oneLogger() {
        return all().should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .as("log lines go through slf4j")
                .allowEmptyShould(true);
    }

    ArchRule noThreadLocals() {
        return all().should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Inheritable)?ThreadLocal")
                .as("no ThreadLocal: virtual threads are many")
                .allowEmptyShould(true);
    }

    private GivenClassesConjunction all() {
        return noClasses().that().resideInAPackage(root + "..");
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String owner, String name) {
        return target(owner(nameMatching(owner))).and(target(nameMatching(name)));
    }
}
