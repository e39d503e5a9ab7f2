/** Tests. */
@NullMarked
package dev.flagstone.datanode.store;

import org.jspecify.annotations.NullMarked;
