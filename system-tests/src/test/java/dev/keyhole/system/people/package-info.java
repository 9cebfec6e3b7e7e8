/** Many people on one machine: a class of thirty, each with an own key, notebook and kernel, through stock ssh. */
@NullMarked
package dev.keyhole.system.people;

import org.jspecify.annotations.NullMarked;
