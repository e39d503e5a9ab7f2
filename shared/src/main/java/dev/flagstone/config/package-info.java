/** Values that operators write: sizes and the like. */
@NullMarked
package dev.flagstone.config;

import org.jspecify.annotations.NullMarked;
