/**
 * Carries the audit's signed checkpoints to where nobody of this machine can change them: into a file, best of another
 * machine, and to a command. It follows the file of checkpoints that the audit writes anyway, each way on a thread of its own, so
 * that neither the audit nor the other way waits for one that hangs.
 *
 * <p>Imports {@code audit} and nothing outside of the JDK.
 */
@NullMarked
package dev.keyhole.gateway.checkpoints;

import org.jspecify.annotations.NullMarked;
