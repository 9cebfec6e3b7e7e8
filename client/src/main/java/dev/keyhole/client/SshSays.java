package dev.keyhole.client;

/** What one line on {@code ssh}'s standard error means to a tunnel. */
sealed interface SshSays {
    /** The door showed its host key; {@code ssh} judges it next. */
    record HostKeyOffered(String fingerprint) implements SshSays {}

    /** known_hosts does not hold this host key, and nobody may be asked. */
    record HostKeyUnknown() implements SshSays {}

    /** known_hosts holds another host key, or has revoked this one. */
    record HostKeyChanged() implements SshSays {}

    /** Where the other host key stands. */
    record OffendingKey(String file, int line) implements SshSays {}

    /** {@code ssh} gave up because of the host key. */
    record HostKeyRefused() implements SshSays {}

    /** A key of the person was shown to the door. */
    record KeyOffered(String key) implements SshSays {}

    record LoggedIn() implements SshSays {}

    record LoginRefused(String text) implements SshSays {}

    /** {@code ssh} itself owns this local port now. */
    record Listening(String address, int port) implements SshSays {}

    record PortTaken(int port) implements SshSays {}

    /** A program connected to the local port. */
    record ForwardAsked(int port) implements SshSays {}

    /** The channel for the forward asked for last. */
    record ChannelOpening(int channel) implements SshSays {}

    record ChannelRefused(int channel, ForwardRefusal refusal) implements SshSays {}

    record Unreachable(String text) implements SshSays {}

    /** The door ended the connection and gave a reason. */
    record Disconnected(String text) implements SshSays {}

    /** The door says what the start does that a forward waits for. */
    record News(String text) implements SshSays {}

    /** Progress that a person need not see. */
    record Detail() implements SshSays {}

    /** Anything else, such as a banner of the door: for the person's eyes. */
    record Remark(String text) implements SshSays {}
}
