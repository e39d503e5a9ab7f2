package dev.flagstone.protocol;

/**
 * Turns a connection's bytes into commands, one a call, without side effects and without I/O.
 *
 * <p>A decoder allocates nothing that the wire merely claims, and reads every number unsigned and
 * bounded. It may remember that it is inside a command that it hands out in parts (a retrieval of
 * many keys), and nothing else: how the bytes were split into calls makes no difference to what
 * comes out.
 */
public interface Decoder {

  /**
   * Decodes the command that begins at {@code from}.
   *
   * @param bytes holds what was received and not yet consumed, from {@code from} to {@code to}
   *     (exclusive)
   * @return {@link Decoded}, {@link NeedMore} or {@link Rejected}; the first two are reused by the
   *     next call
   */
  DecodeResult decode(byte[] bytes, int from, int to);
}
