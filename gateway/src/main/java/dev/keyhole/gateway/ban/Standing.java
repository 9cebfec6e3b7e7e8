package dev.keyhole.gateway.ban;

import java.util.Optional;

/**
 * How a source stands with the guard at one moment.
 *
 * @param exempt nothing of the rest holds for it
 * @param friend somebody logged in from there lately
 * @param ban that refuses it
 * @param penalty that refuses it
 * @param outstanding its penalty, also one that is too small to be enforced
 * @param strikes how many enforced penalties in a row it has had
 */
public record Standing(
        boolean exempt,
        boolean friend,
        Optional<Ban> ban,
        Optional<PenaltyView> penalty,
        Optional<String> outstanding,
        int strikes) {
    /** Whether an operator said no, which makes no exception for friends. */
    boolean bannedByOperator() {
        return ban.filter(one -> one.by() == Ban.By.OPERATOR).isPresent();
    }
}
