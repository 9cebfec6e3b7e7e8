/** The main job, as a person does it: a browser on a laptop, a notebook on a GPU machine, and one ssh between them. */
@NullMarked
package dev.keyhole.system.job;

import org.jspecify.annotations.NullMarked;
