package dev.keyhole.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.keyhole.fixtures.gateway.workspace.AbstractThing;
import dev.keyhole.fixtures.gateway.workspace.NoopAccess;
import dev.keyhole.fixtures.gateway.workspace.ThingManager;
import org.junit.jupiter.api.Test;

/** Names are nouns of the trade. */
class NamesTest {
    private static final String EMPTY_WORDS =
            "(.*(Manager|Helper|Utils?|Impl|Base|Holder|Data|Info|Common)|(Abstract|Noop)[A-Z].*)";

    @Test
    void namesSayWhatAThingIs() {
        rule(House.ROOT).check(House.allClasses());
    }

    @Test
    void emptyWordsAreCaught() {
        Bites.rule(rule(House.VIOLATORS), ThingManager.class);
        Bites.rule(rule(House.VIOLATORS), AbstractThing.class);
        Bites.rule(rule(House.VIOLATORS), NoopAccess.class);
    }

    private static ArchRule rule(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching("(.*[.$])" + EMPTY_WORDS)
                .as(
                        "names without Manager, Helper, Util, Impl, Base, Holder, Data, Info, Common,"
                                + " Abstract, Noop")
                .allowEmptyShould(true);
    }
}
