/**
 * {@code keyhole image …}: hardened workspace images.
 *
 * <p>What: one class a verb; each reads the command line, hands it to the {@code image} module and prints what comes
 * back. Why a package of its own: nothing here speaks to a door. Imports: {@code image}, {@code wire}, picocli, and from
 * the gateway only where a home has its files.
 */
@NullMarked
package dev.keyhole.app.image;

import org.jspecify.annotations.NullMarked;
