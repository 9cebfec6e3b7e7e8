/**
 * What an operator may ask of a running door, one class a verb: it understands the request, the desk writes it down, then
 * it acts. Who carries the question and how an operator is told apart is not decided here.
 *
 * <p>A request is understood completely, with every problem found, before anything of it happens. Imports {@code
 * control}, {@code workspace}, {@code access}, {@code audit}, {@code config}, {@code model} and {@code
 * dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.control.operator;

import org.jspecify.annotations.NullMarked;
