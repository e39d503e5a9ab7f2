/** Batch and batch reply frames, and the message codec that carries them over the event bus. */
@NullMarked
package dev.flagstone.bus;

import org.jspecify.annotations.NullMarked;
