/** Files that only their owner reads, changed in one step or not at all. */
@NullMarked
package dev.flagstone.launcher.files;

import org.jspecify.annotations.NullMarked;
