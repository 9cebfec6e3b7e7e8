package dev.keyhole.image.base;

/**
 * The C library that programs of the base are linked with.
 *
 * @param version such as {@code 2.31}; empty when it cannot be told
 */
public record CLibrary(Kind kind, String version) {
    /** Whose it is. */
    public enum Kind {
        /** GNU. */
        GLIBC,
        /** Alpine's; a runtime that is linked with glibc does not start on it. */
        MUSL,
        /** None was found: a base of static programs. */
        NONE
    }
}
