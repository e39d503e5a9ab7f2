/**
 * The walls between Flagstone's packages, each with a fixture under {@code
 * dev.flagstone.archfixture} that proves that it can fail.
 */
@NullMarked
package dev.flagstone.architecture;

import org.jspecify.annotations.NullMarked;
