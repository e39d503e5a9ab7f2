/** Client connections without their sockets: state, reply order, flow control. */
@NullMarked
package dev.flagstone.proxy.session;

import org.jspecify.annotations.NullMarked;
