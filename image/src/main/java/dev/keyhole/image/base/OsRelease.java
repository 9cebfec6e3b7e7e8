package dev.keyhole.image.base;

/**
 * Which distribution a base is, from {@code os-release(5)}.
 *
 * @param id such as {@code ubuntu}; empty when the base does not say
 * @param version such as {@code 20.04}; empty for a rolling one
 * @param name for people, such as {@code Ubuntu 20.04.4 LTS}
 */
public record OsRelease(String id, String version, String name) {}
