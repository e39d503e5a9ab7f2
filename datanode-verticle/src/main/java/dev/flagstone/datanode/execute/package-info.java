/**
 * What each memcache command does to the items of a shard. Knows no protocol, no bus and no thread.
 */
@NullMarked
package dev.flagstone.datanode.execute;

import org.jspecify.annotations.NullMarked;
