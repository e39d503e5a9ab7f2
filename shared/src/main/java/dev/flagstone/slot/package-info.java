/** Slots, the key hash and the slot map: where an item lives. */
@NullMarked
package dev.flagstone.slot;

import org.jspecify.annotations.NullMarked;
