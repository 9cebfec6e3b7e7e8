/** A host with a real sshd and Jupyter on its loopback, as the classic recipe has it, becomes a principal's workspace. */
@NullMarked
package dev.keyhole.system.attach;

import org.jspecify.annotations.NullMarked;
