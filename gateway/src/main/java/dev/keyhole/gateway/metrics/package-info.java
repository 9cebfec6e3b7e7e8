/**
 * The door's numbers in the text format of Prometheus. The only package that imports the client library of Prometheus;
 * everybody else counts in {@code control.numbers} and needs none.
 *
 * <p>Every label is of a small set that is known beforehand: a kind, a state, a result, a code. No label names a person, an
 * address or a key, whatever is scraped and wherever it is kept then.
 *
 * <p>The library's classes are loaded at the first scrape, so a door that nobody scrapes starts as fast as without them.
 * Imports {@code control.numbers}, {@code ban}, {@code wire} and {@code io.prometheus}.
 */
@NullMarked
package dev.keyhole.gateway.metrics;

import org.jspecify.annotations.NullMarked;
