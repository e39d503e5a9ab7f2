/** The meta commands of the text protocol: their decoder and their encoder. */
@NullMarked
package dev.flagstone.protocol.meta;

import org.jspecify.annotations.NullMarked;
