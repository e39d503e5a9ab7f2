package dev.flagstone.guard;

/** Returns null where null is not allowed. */
public final class NullReturn {
  /** Returns a name. */
  public String name() {
    return null;
  }
}
