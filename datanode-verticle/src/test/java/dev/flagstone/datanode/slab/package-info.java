/** Tests. */
@NullMarked
package dev.flagstone.datanode.slab;

import org.jspecify.annotations.NullMarked;
