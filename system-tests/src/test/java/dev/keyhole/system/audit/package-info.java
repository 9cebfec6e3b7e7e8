/** Questions that people put to the audit of a real door, and whether the answers are true. */
@NullMarked
package dev.keyhole.system.audit;

import org.jspecify.annotations.NullMarked;
