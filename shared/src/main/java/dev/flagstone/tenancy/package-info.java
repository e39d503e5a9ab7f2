/** Caches, quotas, credentials and capabilities: who owns what. */
@NullMarked
package dev.flagstone.tenancy;

import org.jspecify.annotations.NullMarked;
