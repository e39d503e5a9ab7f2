/** Programs that print the figures which the documentation promises. */
@NullMarked
package dev.flagstone.benchmarks;

import org.jspecify.annotations.NullMarked;
