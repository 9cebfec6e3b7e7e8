package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final Allowance USUAL = new Allowance(10, 256, OptionalLong.of(1_000), 1);

    private final AtomicReference<Roster> roster = new AtomicReference<>(Roster.EMPTY);
    private final Limits limits = new Limits(roster::get, USUAL);

    @Test
    void whoHasNoLimitsOfItsOwnFollowsTheConfig() throws RosterProblem {
        add(PrincipalLimits.NONE);
        assertThat(limits.of(ADA)).isEqualTo(USUAL);
    }

    @Test
    void whatWasDecidedForOneWins() throws RosterProblem {
        add(own(3, 0));
        assertThat(limits.of(ADA)).isEqualTo(new Allowance(3, 256, OptionalLong.of(1_000), 0));
    }

    @Test
    void aChangeCountsAtTheNextQuestion() throws RosterProblem {
        add(own(3, 1));
        assertThat(limits.of(ADA).sessions()).isEqualTo(3);
        Principal ada = roster.get().principal(ADA).orElseThrow();
        roster.set(
                roster.get()
                        .with(
                                List.of(
                                        new RosterChange.ReplacePrincipal(
                                                ada.withLimits(own(5, 1))))));
        assertThat(limits.of(ADA).sessions()).isEqualTo(5);
    }

    @Test
    void whoIsNotKnownMayHaveNothing() {
        assertThat(limits.of(ADA)).isEqualTo(new Allowance(0, 0, OptionalLong.empty(), 0));
    }

    private void add(PrincipalLimits own) throws RosterProblem {
        Principal ada = Principal.member(ADA, Origin.STORE, Instant.EPOCH).withLimits(own);
        roster.set(Roster.EMPTY.with(List.of(new RosterChange.AddPrincipal(ada))));
    }

    private static PrincipalLimits own(int sessions, int workspaces) {
        return new PrincipalLimits(
                OptionalInt.of(sessions),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.of(workspaces),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
