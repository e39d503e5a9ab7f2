/** The proxy: wires listeners, sessions and the router of each event loop together. */
@NullMarked
package dev.flagstone.proxy;

import org.jspecify.annotations.NullMarked;
