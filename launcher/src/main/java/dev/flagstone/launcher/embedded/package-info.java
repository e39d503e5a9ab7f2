/** The single process: a proxy, a data node and their bus path in one JVM. */
@NullMarked
package dev.flagstone.launcher.embedded;

import org.jspecify.annotations.NullMarked;
