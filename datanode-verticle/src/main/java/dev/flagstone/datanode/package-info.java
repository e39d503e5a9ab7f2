/** The data node: wires a shard to each event loop. */
@NullMarked
package dev.flagstone.datanode;

import org.jspecify.annotations.NullMarked;
