/** Certificates: read from files and watched, or issued by a development CA. */
@NullMarked
package dev.flagstone.launcher.tls;

import org.jspecify.annotations.NullMarked;
