/**
 * The {@code keyhole} command: one picocli class for each verb, and nothing that decides.
 */
@NullMarked
package dev.keyhole.app;

import org.jspecify.annotations.NullMarked;
