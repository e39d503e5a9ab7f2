package dev.flagstone.guard;

import java.util.List;

/** Breaks javac's own lint "rawtypes" only. */
public final class RawType {
  /** Returns how many there are. */
  public int count(List raw) {
    return raw.size();
  }
}
