/** A running door is operated through the real command: every verb, both forms, and each refusal's exit status and text. */
@NullMarked
package dev.keyhole.system.operator;

import org.jspecify.annotations.NullMarked;
