package dev.keyhole.gateway.ban;

import java.time.Instant;

/** One change of what {@link BanStore} keeps. */
public sealed interface BanChange {
    /** A new ban, or another word on one that has this incident or this network already. */
    record Keep(Ban ban) implements BanChange {}

    /** It is over, or lifted. */
    record Forget(Incident incident) implements BanChange {}

    /** Somebody logged in from there. */
    record KeepFriend(Friend friend) implements BanChange {}

    /** Whoever did not log in since then is no friend any more. */
    record ForgetFriendsBefore(Instant time) implements BanChange {}
}
