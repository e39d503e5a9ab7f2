/** The operator's command line. */
@NullMarked
package dev.flagstone.launcher.cli;

import org.jspecify.annotations.NullMarked;
