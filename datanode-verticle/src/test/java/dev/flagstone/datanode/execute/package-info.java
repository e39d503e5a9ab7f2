/** Tests. */
@NullMarked
package dev.flagstone.datanode.execute;

import org.jspecify.annotations.NullMarked;
