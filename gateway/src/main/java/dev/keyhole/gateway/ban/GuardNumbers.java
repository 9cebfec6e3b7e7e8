package dev.keyhole.gateway.ban;

import java.util.Map;

/**
 * What a guard counts.
 *
 * @param waiting connections that wait for their login
 * @param refused connections of penalised or banned sources since the door's start
 * @param crowded connections that were dropped because too many waited
 * @param displaced connections that waited and had to go for another one
 * @param offences since the door's start
 */
public record GuardNumbers(
        Tables tables,
        int waiting,
        long refused,
        long crowded,
        long displaced,
        Map<Offence, Long> offences) {
    /**
     * What is remembered now.
     *
     * @param penalties sources that have failed lately
     * @param enforced of these, how many are refused
     * @param most how many bans the door itself may hold
     * @param overflows how often a penalty or ban had to go before its end, because there were too many
     */
    public record Tables(
            int penalties,
            int enforced,
            int bansOfDoor,
            int bansOfOperators,
            int friends,
            int most,
            long overflows) {}
}
