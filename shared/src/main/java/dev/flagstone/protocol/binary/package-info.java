/** The binary protocol: its decoder, its encoder and its login. */
@NullMarked
package dev.flagstone.protocol.binary;

import org.jspecify.annotations.NullMarked;
