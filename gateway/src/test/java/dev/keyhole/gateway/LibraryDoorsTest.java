package dev.keyhole.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.keyhole.fixtures.gateway.access.HearsSignals;
import dev.keyhole.fixtures.gateway.access.OpensBouncyCastle;
import dev.keyhole.fixtures.gateway.access.OpensMina;
import dev.keyhole.fixtures.gateway.access.ReadsYaml;
import dev.keyhole.fixtures.gateway.access.SpeaksSql;
import dev.keyhole.fixtures.gateway.access.UsesAnUnknownLibrary;
import dev.keyhole.fixtures.gateway.control.ParsesArguments;
import dev.keyhole.fixtures.gateway.control.TurnsTheLogger;
import dev.keyhole.fixtures.gateway.ssh.GeneratesHostKeys;
import dev.keyhole.fixtures.gateway.ssh.InheritsHostKeys;
import dev.keyhole.fixtures.gateway.ssh.LetsAnybodyIn;
import dev.keyhole.fixtures.gateway.ssh.LetsAuthenticationWait;
import dev.keyhole.fixtures.gateway.ssh.ReadsAuthorizedKeysTheirWay;
import dev.keyhole.fixtures.gateway.ssh.ReadsTheUsualAuthorizedKeys;
import dev.keyhole.fixtures.gateway.ssh.ServesSubsystems;
import dev.keyhole.fixtures.gateway.ssh.StartsShells;
import dev.keyhole.fixtures.gateway.ssh.TransfersFiles;
import dev.keyhole.fixtures.gateway.ssh.TrustsAnyHost;
import org.junit.jupiter.api.Test;

/** One door for each library, and none for the dangerous parts. */
class LibraryDoorsTest {
    private static final JavaClasses HOUSE = House.mainClasses();
    private final LibraryDoors doors = new LibraryDoors(House.ROOT);
    private final LibraryDoors open = new LibraryDoors(House.VIOLATORS);

    @Test
    void eachLibraryHasOneDoor() {
        doors.oneDoorEach().values().forEach(rule -> rule.check(HOUSE));
    }

    @Test
    void goingRoundADoorIsCaught() {
        Bites.rule(open.oneDoorEach().get("gateway.ssh"), OpensMina.class);
        Bites.rule(open.oneDoorEach().get("gateway.ssh"), OpensBouncyCastle.class);
        Bites.rule(open.oneDoorEach().get("gateway.config"), ReadsYaml.class);
        Bites.rule(open.oneDoorEach().get("gateway.boot"), HearsSignals.class);
        Bites.rule(open.oneDoorEach().get("gateway.store"), SpeaksSql.class);
        Bites.rule(open.oneDoorEach().get("app"), ParsesArguments.class);
        Bites.rule(open.oneDoorEach().get("app"), TurnsTheLogger.class);
    }

    @Test
    void aNewLibraryMustNameItsDoor() {
        doors.everyLibraryHasADoor().check(HOUSE);
        Bites.rule(open.everyLibraryHasADoor(), UsesAnUnknownLibrary.class);
    }

    @Test
    void nothingDangerousOfMinaIsUsed() {
        doors.nothingDangerousOfMina().check(HOUSE);
        Bites.rule(open.nothingDangerousOfMina(), GeneratesHostKeys.class);
        Bites.rule(open.nothingDangerousOfMina(), InheritsHostKeys.class);
        Bites.rule(open.nothingDangerousOfMina(), ReadsAuthorizedKeysTheirWay.class);
        Bites.rule(open.nothingDangerousOfMina(), ReadsTheUsualAuthorizedKeys.class);
        Bites.rule(open.nothingDangerousOfMina(), LetsAuthenticationWait.class);
        Bites.rule(open.nothingDangerousOfMina(), TransfersFiles.class);
        Bites.rule(open.nothingDangerousOfMina(), StartsShells.class);
        Bites.rule(open.nothingDangerousOfMina(), ServesSubsystems.class);
    }

    @Test
    void aLockThatOpensForEverybodyIsCaught() {
        Bites.rule(open.nothingDangerousOfMina(), LetsAnybodyIn.class);
        Bites.rule(open.nothingDangerousOfMina(), TrustsAnyHost.class);
    }
}
