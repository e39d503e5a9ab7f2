package dev.flagstone.bus;

import java.util.ArrayDeque;

/**
 * The frames that one event loop has at hand for its next messages. Confined to that loop.
 *
 * <p>A loop gives frames away with what it sends and gains those that it receives, so pools on both
 * ends stay filled without a way back. What grew beyond {@link #MAX_KEPT_BYTES} is left to the
 * collector.
 */
public final class FramePool {

  /** The capacity of a new frame, in bytes. */
  private static final int FIRST_BYTES = 8 * 1024;

  /** The largest frame that is kept, in bytes. */
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  /** The most frames that are kept. */
  private static final int MAX_KEPT = 64;

  private final ArrayDeque<Frame> kept = new ArrayDeque<>(MAX_KEPT);

  /** An empty frame, held once. */
  public Frame take() {
    Frame frame = kept.pollLast();
    if (frame == null) {
      return new Frame(FIRST_BYTES);
    }
    frame.clear();
    return frame;
  }

  /** Drops one hold of the frame; when it was the last, the frame may be taken again. */
  public void release(Frame frame) {
    if (frame.release() && kept.size() < MAX_KEPT && frame.bytes().length <= MAX_KEPT_BYTES) {
      kept.addLast(frame);
    }
  }

  /** How many frames are at hand. */
  public int size() {
    return kept.size();
  }
}
