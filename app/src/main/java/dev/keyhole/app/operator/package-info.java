/**
 * The operator's verbs on the command line, one picocli class each: they read files and options, ask the running door
 * over its control socket, and print what it answers. Nothing is decided here.
 */
@NullMarked
package dev.keyhole.app.operator;

import org.jspecify.annotations.NullMarked;
