/**
 * What a member may ask of its own workspace, one class a verb. Whoever carries the question (an SSH command, later a
 * browser) gets the same answer, because the answer is made here.
 *
 * <p>Imports {@code workspace}, {@code access}, {@code audit}, {@code config} and {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.control;

import org.jspecify.annotations.NullMarked;
