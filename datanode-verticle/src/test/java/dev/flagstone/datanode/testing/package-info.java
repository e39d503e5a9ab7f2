/** What the tests of the data node share: a node without a bus, a clock to advance, the oracle. */
@NullMarked
package dev.flagstone.datanode.testing;

import org.jspecify.annotations.NullMarked;
