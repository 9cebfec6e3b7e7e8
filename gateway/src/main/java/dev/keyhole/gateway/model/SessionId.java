package dev.keyhole.gateway.model;

/** Names one connection in the log, the audit and thread names: {@code c-} and hexadecimal digits, unique per door. */
public record SessionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
