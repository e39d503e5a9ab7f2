package dev.flagstone.proxy.session;

/** Discards what is left of a rejected command: a number of bytes, or the rest of its line. */
final class Skipper {

  private long bytesLeft;
  private boolean toLineEnd;

  void skipBytes(long count) {
    bytesLeft = count;
  }

  void skipLine() {
    toLineEnd = true;
  }

  boolean isActive() {
    return bytesLeft > 0 || toLineEnd;
  }

  /** Discards what it can between {@code from} and {@code to}, and returns where it stopped. */
  int skip(byte[] bytes, int from, int to) {
    int at = from;
    if (bytesLeft > 0) {
      int count = (int) Math.min(bytesLeft, to - at);
      bytesLeft -= count;
      at += count;
    }
    while (toLineEnd && at < to) {
      toLineEnd = bytes[at++] != '\n';
    }
    return at;
  }
}
