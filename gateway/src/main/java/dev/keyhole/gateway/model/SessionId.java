package dev.keyhole.gateway.model;

/** Names one connection in the logs, the audit and thread names, such as {@code c-9vkd2m4-0001}. {@link SessionIds} makes it. */
public record SessionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
