/** Protocol-neutral commands and replies: what every codec decodes to and encodes from. */
@NullMarked
package dev.flagstone.command;

import org.jspecify.annotations.NullMarked;
