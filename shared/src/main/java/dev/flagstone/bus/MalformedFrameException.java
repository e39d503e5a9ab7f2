package dev.flagstone.bus;

/** A frame contradicts itself: a peer is broken or of another version. */
public final class MalformedFrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one that says what is wrong, without any of the frame's content. */
  public MalformedFrameException(String message) {
    super(message);
  }
}
