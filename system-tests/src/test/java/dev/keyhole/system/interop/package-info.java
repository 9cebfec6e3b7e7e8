/** Clients that are not ours, each against a real door; what they can do stands in docs/interop.md. */
@NullMarked
package dev.keyhole.system.interop;

import org.jspecify.annotations.NullMarked;
