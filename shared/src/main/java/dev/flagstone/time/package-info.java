/** The seam through which time comes in. */
@NullMarked
package dev.flagstone.time;

import org.jspecify.annotations.NullMarked;
