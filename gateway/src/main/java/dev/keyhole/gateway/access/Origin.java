package dev.keyhole.gateway.access;

/** Where a principal or a key is kept, and thus who can take it away. */
public enum Origin {
    /** In the config, or among the keys that {@code up} was started with: no verb removes it. */
    CONFIG,
    /** In the store, by an operator's verb. */
    STORE
}
