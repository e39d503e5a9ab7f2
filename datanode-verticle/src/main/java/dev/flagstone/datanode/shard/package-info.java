/** Shards: batches in, batch replies out. */
@NullMarked
package dev.flagstone.datanode.shard;

import org.jspecify.annotations.NullMarked;
