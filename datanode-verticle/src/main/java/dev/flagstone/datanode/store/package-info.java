/**
 * The items of a data node: their layout in slabs, the index over them, quotas, eviction and
 * expiry. Knows no protocol and no memcache command.
 *
 * <p>{@link dev.flagstone.datanode.store.NodeMemory} is what a node has once; {@link
 * dev.flagstone.datanode.store.ItemStore} is one shard's, confined to that shard's thread.
 */
@NullMarked
package dev.flagstone.datanode.store;

import org.jspecify.annotations.NullMarked;
