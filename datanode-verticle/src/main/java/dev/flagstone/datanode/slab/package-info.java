/**
 * Slabs: pages of off-heap memory, cut into chunks of a class. Knows bytes only, no items.
 *
 * <p>One {@link dev.flagstone.datanode.slab.PagePool} belongs to a node; each shard has a {@link
 * dev.flagstone.datanode.slab.SlabAllocator} of its own that takes pages from it.
 */
@NullMarked
package dev.flagstone.datanode.slab;

import org.jspecify.annotations.NullMarked;
