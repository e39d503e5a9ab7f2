/** The caches and credentials of one data directory, kept in a file. */
@NullMarked
package dev.flagstone.launcher.registry;

import org.jspecify.annotations.NullMarked;
