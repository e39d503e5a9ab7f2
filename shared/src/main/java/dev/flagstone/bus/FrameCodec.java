package dev.flagstone.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries frames over the event bus: within a process the object itself, between processes its
 * bytes behind their number.
 */
public final class FrameCodec implements MessageCodec<Frame, Frame> {

  /** The codec's name: short, because it travels with every message. */
  public static final String NAME = "f";

  /** How frames are to be sent. */
  public static DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(NAME);
  }

  @Override
  public void encodeToWire(Buffer buffer, Frame frame) {
    buffer.appendInt(frame.length());
    buffer.appendBytes(frame.bytes(), 0, frame.length());
  }

  @Override
  public Frame decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    int from = position + Integer.BYTES;
    if (length < Frame.HEADER_BYTES || length > buffer.length() - from) {
      throw new MalformedFrameException("a frame of " + length + " bytes in a message of fewer");
    }
    return Frame.received(buffer.getBytes(from, from + length));
  }

  @Override
  public Frame transform(Frame frame) {
    return frame;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
