/** What a text connection speaks: the text protocol and the meta commands, line by line. */
@NullMarked
package dev.flagstone.protocol.line;

import org.jspecify.annotations.NullMarked;
