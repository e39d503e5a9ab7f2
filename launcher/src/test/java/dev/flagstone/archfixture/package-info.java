/**
 * Classes that break the walls on purpose. Below {@code archfixture.<wall>} the packages are named
 * as in the product; a class {@code Bad...} breaks that wall and a class {@code Good...} keeps it.
 * Error Prone leaves them out; they are never run.
 */
@NullMarked
package dev.flagstone.archfixture;

import org.jspecify.annotations.NullMarked;
