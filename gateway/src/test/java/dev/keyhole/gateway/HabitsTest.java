package dev.keyhole.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.keyhole.fixtures.gateway.workspace.AsksTheWallClock;
import dev.keyhole.fixtures.gateway.workspace.Complains;
import dev.keyhole.fixtures.gateway.workspace.CountsMillis;
import dev.keyhole.fixtures.gateway.workspace.HandsThreadLocalsDown;
import dev.keyhole.fixtures.gateway.workspace.KeepsThreadLocals;
import dev.keyhole.fixtures.gateway.workspace.LogsElsewhere;
import dev.keyhole.fixtures.gateway.workspace.MakesItsOwnClock;
import dev.keyhole.fixtures.gateway.workspace.PassesTheWallClockOn;
import dev.keyhole.fixtures.gateway.workspace.Prints;
import dev.keyhole.fixtures.gateway.workspace.PrintsStackTraces;
import dev.keyhole.fixtures.gateway.workspace.Sleeps;
import dev.keyhole.fixtures.gateway.workspace.SleepsByTheUnit;
import org.junit.jupiter.api.Test;

/** Sleeping, printing, unnamed clocks and hidden state stay out. */
class HabitsTest {
    private static final JavaClasses MAIN = House.mainClasses();
    private final Habits habits = new Habits(House.ROOT);
    private final Habits bad = new Habits(House.VIOLATORS);

    @Test
    void nobodySleepsNotEvenATest() {
        habits.nobodySleeps().check(House.allClasses());
        Bites.rule(bad.nobodySleeps(), Sleeps.class);
        Bites.rule(bad.nobodySleeps(), SleepsByTheUnit.class);
    }

    @Test
    void onlyTheCommandPrints() {
        habits.onlyTheCommandPrints().check(MAIN);
        Bites.rule(bad.onlyTheCommandPrints(), Prints.class);
        Bites.rule(bad.onlyTheCommandPrints(), Complains.class);
        Bites.rule(bad.onlyTheCommandPrints(), PrintsStackTraces.class);
    }

    @Test
    void timeComesFromAClock() {
        habits.timeComesFromAClock().check(MAIN);
        Bites.rule(bad.timeComesFromAClock(), AsksTheWallClock.class);
        Bites.rule(bad.timeComesFromAClock(), CountsMillis.class);
        Bites.rule(bad.timeComesFromAClock(), PassesTheWallClockOn.class);
    }

    @Test
    void clocksAreMadeAtTheTop() {
        habits.clocksAreMadeAtTheTop().check(MAIN);
        Bites.rule(bad.clocksAreMadeAtTheTop(), MakesItsOwnClock.class);
    }

    @Test
    void logLinesGoThroughOneLogger() {
        habits.oneLogger().check(MAIN);
        Bites.rule(bad.oneLogger(), LogsElsewhere.class);
    }

    @Test
    void nothingHidesInThreads() {
        habits.noThreadLocals().check(MAIN);
        Bites.rule(bad.noThreadLocals(), KeepsThreadLocals.class);
        Bites.rule(bad.noThreadLocals(), HandsThreadLocalsDown.class);
    }
}
