package dev.keyhole.gateway.ban;

import java.util.Optional;

/**
 * How the kernel helps.
 *
 * @param dropped sources that it was told to drop since the door's start, a repetition counted again
 * @param failed changes that it did not take
 * @param trouble why it drops nothing now; empty while it does what it is told
 */
public record DropNumbers(long dropped, long failed, Optional<String> trouble) {}
