package dev.keyhole.gateway.control.numbers;

/**
 * The disk that holds the door's home.
 *
 * @param free bytes that the door may still use
 * @param size bytes in all
 */
public record DiskUse(long free, long size) {}
