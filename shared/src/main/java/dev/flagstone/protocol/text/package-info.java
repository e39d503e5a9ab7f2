/** The text protocol: its decoder, its encoder and its login. */
@NullMarked
package dev.flagstone.protocol.text;

import org.jspecify.annotations.NullMarked;
