package dev.keyhole.gateway.config;

/** A value with the line of the file that it stands in, so that later checks can name the line too. */
public record Located<T>(T value, int line) {}
