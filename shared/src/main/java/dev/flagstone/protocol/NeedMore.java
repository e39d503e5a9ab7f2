package dev.flagstone.protocol;

/** The bytes end inside a command; reused by its decoder. */
public final class NeedMore implements DecodeResult {

  private int wantedBytes = 1;

  /** Fills in the next outcome. */
  public NeedMore set(int newWantedBytes) {
    wantedBytes = newWantedBytes;
    return this;
  }

  /**
   * How many bytes, counted from where the decoder began, there must be before it is worth another
   * call: the whole command where its length is known, else one more than there are. Nobody should
   * allocate that much before it has arrived.
   */
  public int wantedBytes() {
    return wantedBytes;
  }
}
