/** Who may log in, and how guessers are slowed. */
@NullMarked
package dev.flagstone.proxy.auth;

import org.jspecify.annotations.NullMarked;
