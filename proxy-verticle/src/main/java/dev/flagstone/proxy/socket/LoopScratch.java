package dev.flagstone.proxy.socket;

/** The array that all reads of one event loop go through, so that decoders see plain bytes. */
@SuppressWarnings("ArrayRecordComponent")
record LoopScratch(byte[] bytes) {

  /** As much as one read of a socket brings at most, unless it is told otherwise. */
  static final int BYTES = 64 * 1024;

  LoopScratch() {
    this(new byte[BYTES]);
  }
}
