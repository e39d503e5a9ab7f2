/**
 * What tests of several modules share: golden transcripts and their runner, a model cache, seeded
 * properties.
 */
@NullMarked
package dev.flagstone.testing;

import org.jspecify.annotations.NullMarked;
