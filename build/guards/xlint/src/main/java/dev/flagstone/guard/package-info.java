@NullMarked
package dev.flagstone.guard;

import org.jspecify.annotations.NullMarked;
