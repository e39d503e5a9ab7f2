/** The client guides of docs/clients, executed. */
@NullMarked
package dev.flagstone.e2e.clients;

import org.jspecify.annotations.NullMarked;
