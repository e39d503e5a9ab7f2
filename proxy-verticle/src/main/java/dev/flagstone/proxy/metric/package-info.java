/** Numbers: what the proxy counts, of itself and of each cache. */
@NullMarked
package dev.flagstone.proxy.metric;

import org.jspecify.annotations.NullMarked;
