/** Items and their limits: keys, exptimes, cas uniques. */
@NullMarked
package dev.flagstone.item;

import org.jspecify.annotations.NullMarked;
