/** Where a process of Flagstone begins. */
@NullMarked
package dev.flagstone.launcher;

import org.jspecify.annotations.NullMarked;
