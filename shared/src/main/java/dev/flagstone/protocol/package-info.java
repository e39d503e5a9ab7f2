/** The contracts of codecs and the detection of a connection's protocol. */
@NullMarked
package dev.flagstone.protocol;

import org.jspecify.annotations.NullMarked;
