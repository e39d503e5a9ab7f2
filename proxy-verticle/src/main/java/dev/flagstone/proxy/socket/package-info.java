/** Sockets: the only place that knows how bytes come in and go out. */
@NullMarked
package dev.flagstone.proxy.socket;

import org.jspecify.annotations.NullMarked;
