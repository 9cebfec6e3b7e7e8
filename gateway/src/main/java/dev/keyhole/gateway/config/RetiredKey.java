package dev.keyhole.gateway.config;

/**
 * A key that once worked, remembered so that an old file gets an answer instead of "unknown".
 *
 * @param path as it was written
 * @param nextMove one sentence: what to write instead
 */
record RetiredKey(String path, String nextMove) {}
