/** TLS and identities without a login, and many connections. */
@NullMarked
package dev.flagstone.e2e.tls;

import org.jspecify.annotations.NullMarked;
