package dev.keyhole.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.keyhole.fixtures.client.AsksTheGateway;
import dev.keyhole.fixtures.gateway.StandsInTheHall;
import dev.keyhole.fixtures.gateway.access.KnowsItsNeighbour;
import dev.keyhole.fixtures.gateway.attic.StandsOnNoFloor;
import dev.keyhole.fixtures.gateway.audit.HalfOfACycle;
import dev.keyhole.fixtures.gateway.launch.process.AsksTheContainers;
import dev.keyhole.fixtures.gateway.model.ClimbsToAccess;
import dev.keyhole.fixtures.wire.KnowsTheModel;
import org.junit.jupiter.api.Test;

/** The house of the gateway: imports go down, neighbours do not meet, nothing goes in circles. */
class FloorsTest {
    private static final JavaClasses HOUSE = House.mainClasses();
    private final Floors floors = new Floors(House.ROOT);
    private final Floors crooked = new Floors(House.VIOLATORS);

    @Test
    void theRulesLookAtARealHouse() {
        assertThat(HOUSE.size()).as("classes that were found").isGreaterThan(100);
        assertThat(House.modules())
                .filteredOn(House::hasCode)
                .as("each module with code is looked at")
                .allSatisfy(module -> assertThat(classesOf(module)).isPositive());
    }

    @Test
    void packagesImportOnlyLowerFloors() {
        floors.onlyDownwards().values().forEach(rule -> rule.check(HOUSE));
    }

    @Test
    void climbingAFloorIsCaught() {
        Bites.rule(crooked.onlyDownwards().get("model"), ClimbsToAccess.class);
    }

    @Test
    void knowingANeighbourIsCaught() {
        Bites.rule(crooked.onlyDownwards().get("access"), KnowsItsNeighbour.class);
        Bites.rule(crooked.onlyDownwards().get("launch.process"), AsksTheContainers.class);
    }

    @Test
    void everyClassHasItsFloor() {
        floors.everyClassHasItsFloor().check(HOUSE);
        Bites.rule(crooked.everyClassHasItsFloor(), StandsOnNoFloor.class);
        Bites.rule(crooked.everyClassHasItsFloor(), StandsInTheHall.class);
    }

    @Test
    void packagesFormNoCycle() {
        floors.noCycles().check(HOUSE);
        Bites.rule(crooked.noCycles(), HalfOfACycle.class);
    }

    @Test
    void wireKnowsNobody() {
        floors.wireKnowsNobody().check(HOUSE);
        Bites.rule(crooked.wireKnowsNobody(), KnowsTheModel.class);
    }

    @Test
    void partsMeetOnlyInApp() {
        floors.partsMeetOnlyInApp().check(HOUSE);
        Bites.rule(crooked.partsMeetOnlyInApp(), AsksTheGateway.class);
    }

    private static long classesOf(String module) {
        var inside = "dev.keyhole." + module;
        return HOUSE.stream().filter(type -> type.getPackageName().startsWith(inside)).count();
    }
}
