/** The way to the shards and back: batches, deadlines, credits. */
@NullMarked
package dev.flagstone.proxy.route;

import org.jspecify.annotations.NullMarked;
