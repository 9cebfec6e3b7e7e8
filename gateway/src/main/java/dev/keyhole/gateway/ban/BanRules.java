package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.List;

/**
 * When a penalty becomes a ban, and who gets neither.
 *
 * @param exempt who is never punished and never counted
 * @param after how many enforced penalties in a row are a ban
 * @param first how long the first ban lasts; each further one twice as long as the one before
 * @param longest no ban of the door is longer
 * @param forgiveAfter so long after the last one, all earlier ones are forgotten
 * @param friendFor so long after its last login a source still is a friend
 */
public record BanRules(
        List<AddressBlock> exempt,
        int after,
        Duration first,
        Duration longest,
        Duration forgiveAfter,
        Duration friendFor) {
    public BanRules {
        exempt = List.copyOf(exempt);
    }

    /** Where a config says nothing. */
    public static BanRules usual() {
        return new BanRules(
                List.of(),
                3,
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofDays(30));
    }

    boolean isExempt(SourceGroup source) {
        return exempt.stream().anyMatch(range -> range.contains(source.block().network()));
    }

    Duration length(int level) {
        Duration length = first;
        for (int step = 1; step < level && length.compareTo(longest) < 0; step++) {
            length = length.multipliedBy(2);
        }
        return length.compareTo(longest) < 0 ? length : longest;
    }
}
