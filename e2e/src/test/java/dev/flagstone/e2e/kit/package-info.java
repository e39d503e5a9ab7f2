/** What the end-to-end tests stand on: the server as a process, raw clients, the command line. */
@NullMarked
package dev.flagstone.e2e.kit;

import org.jspecify.annotations.NullMarked;
