/** What a session may do and how much of it. */
@NullMarked
package dev.flagstone.proxy.limit;

import org.jspecify.annotations.NullMarked;
