/** Shells, commands and file transfers: where they are granted they are real and inside the workspace, else not at all. */
@NullMarked
package dev.keyhole.system.shell;

import org.jspecify.annotations.NullMarked;
