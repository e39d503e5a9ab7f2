package dev.flagstone.guard;

/** Stands in a package without a package-info.java. */
public final class Unmarked {}
