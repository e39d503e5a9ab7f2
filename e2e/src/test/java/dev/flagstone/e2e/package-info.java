/** The whole product in a process of its own, under real clients and hostile ones. */
@NullMarked
package dev.flagstone.e2e;

import org.jspecify.annotations.NullMarked;
