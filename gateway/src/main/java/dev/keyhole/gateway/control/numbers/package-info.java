/**
 * What is counted about a door, as one snapshot: {@code keyhole status}, {@code keyhole health} and the metrics read the same numbers,
 * so that they cannot contradict each other. Nothing here names a person, an address or a key.
 *
 * <p>Imports {@code workspace}, {@code access}, {@code ban}, {@code audit}, {@code model} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.control.numbers;

import org.jspecify.annotations.NullMarked;
