/** Logging that an incident cannot amplify. */
@NullMarked
package dev.flagstone.log;

import org.jspecify.annotations.NullMarked;
