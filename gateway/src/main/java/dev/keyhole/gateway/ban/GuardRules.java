package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.StartupRules;

/**
 * Everything that a guard goes by.
 *
 * @param perSource how many connections of one source may wait for their login
 */
public record GuardRules(
        PenaltyRules penalties, BanRules bans, StartupRules startups, int perSource) {
    /** Where a config says nothing. */
    public static GuardRules usual() {
        return new GuardRules(
                PenaltyRules.usual(), BanRules.usual(), new StartupRules(10, 30, 100), 10);
    }
}
