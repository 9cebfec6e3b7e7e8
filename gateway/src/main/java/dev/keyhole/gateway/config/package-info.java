/**
 * What an operator may write into {@code keyhole.yaml}, and where everything lies under the home.
 *
 * <p>One table names every key with its unit, its default and its meaning; the reader, the writer's test and {@code
 * docs/config.md} all come from it. A file with any problem gives no config at all, and every problem at once, each with
 * its line. The only importer of {@code org.snakeyaml.engine}; imports {@code model} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.config;

import org.jspecify.annotations.NullMarked;
