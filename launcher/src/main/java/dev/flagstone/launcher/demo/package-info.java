/** The demo cache: the one that is there at the first start. */
@NullMarked
package dev.flagstone.launcher.demo;

import org.jspecify.annotations.NullMarked;
