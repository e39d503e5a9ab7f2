package dev.flagstone.protocol.binary;

import dev.flagstone.command.Fault;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The request at hand, its header read and its lengths checked against each other: a reusable view.
 *
 * <pre>
 *  0 byte magic 0x80   1 byte opcode   2 short key length   4 byte extras length
 *  5 byte data type    6 short vbucket                      (both ignored, as memcached does)
 *  8 int body length  12 int opaque   16 long cas           (all numbers unsigned)
 * 24 then the body: the extras, the key, the value
 * </pre>
 */
final class Request {

  /** Bytes of a header, of requests and responses alike. */
  static final int HEADER_BYTES = 24;

  /** The longest body that is discarded; a client that announces more has lost its way. */
  static final long MAX_SWALLOWED_BYTES = Integer.MAX_VALUE;

  private static final byte MAGIC = (byte) 0x80;

  private final NeedMore needMore = new NeedMore();

  private byte[] bytes = {};
  private int from;
  private int to;
  private int code;
  private int keyLength;
  private int extrasLength;
  private long bodyLength;
  private int opaque;
  private long cas;

  /**
   * Reads the header of the request that begins at {@code from}.
   *
   * @param contradictory what is wrong with a request whose parts are longer than their whole
   * @return null if the request can be looked at, else the outcome
   */
  @Nullable DecodeResult open(byte[] newBytes, int newFrom, int newTo, Fault contradictory) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    if (from < to && bytes[from] != MAGIC) {
      return Rejected.andClose(null, 1);
    }
    if (to - from < HEADER_BYTES) {
      return needMore.set(HEADER_BYTES);
    }
    long first = BigEndian.getLong(bytes, from);
    code = (int) (first >>> 48) & 0xFF;
    keyLength = (int) (first >>> 32) & 0xFFFF;
    extrasLength = (int) (first >>> 24) & 0xFF;
    long second = BigEndian.getLong(bytes, from + 8);
    bodyLength = second >>> 32;
    opaque = (int) second;
    cas = BigEndian.getLong(bytes, from + 16);
    return valueLength() < 0 ? close(contradictory) : null;
  }

  Opcode opcode() {
    return Opcode.of(code);
  }

  /** How its response shall look. */
  long form() {
    return BinaryForm.of(code, opaque);
  }

  /** The cas unique that it demands, or 0. */
  long cas() {
    return cas;
  }

  byte[] bytes() {
    return bytes;
  }

  int keyOffset() {
    return from + HEADER_BYTES + extrasLength;
  }

  int keyLength() {
    return keyLength;
  }

  int extrasLength() {
    return extrasLength;
  }

  int valueOffset() {
    return keyOffset() + keyLength;
  }

  long valueLength() {
    return bodyLength - extrasLength - keyLength;
  }

  long bodyLength() {
    return bodyLength;
  }

  /**
   * Header and body together, in bytes; fits an {@code int} once the body was found short enough.
   */
  int length() {
    return HEADER_BYTES + (int) bodyLength;
  }

  /** All but the value, in bytes. */
  int lengthBeforeValue() {
    return HEADER_BYTES + extrasLength + keyLength;
  }

  /** Whether there are exactly so many bytes of extras, and a key that an item can have. */
  boolean hasKeyAndExtras(int extras) {
    return extrasLength == extras && keyLength > 0 && keyLength <= ItemLimits.MAX_KEY_BYTES;
  }

  boolean isKey(byte[] word) {
    return Arrays.equals(bytes, keyOffset(), valueOffset(), word, 0, word.length);
  }

  /** The number of 32 bits at this place of the extras. */
  int intExtra(int offset) {
    return BigEndian.getInt(bytes, from + HEADER_BYTES + offset);
  }

  /** The number of 64 bits at this place of the extras. */
  long longExtra(int offset) {
    return BigEndian.getLong(bytes, from + HEADER_BYTES + offset);
  }

  /** Null if the first {@code length} bytes of the request are there, else the outcome. */
  @Nullable DecodeResult await(int length) {
    return to - from < length ? needMore.set(length) : null;
  }

  /** Whether it is short enough for its body to be discarded. */
  boolean canBeSwallowed() {
    return bodyLength <= MAX_SWALLOWED_BYTES;
  }

  /** Refuses the request, whose body is swallowed if that is possible. */
  Rejected refuse(Fault fault) {
    return canBeSwallowed()
        ? Rejected.andSwallow(fault, HEADER_BYTES, bodyLength).inForm(form())
        : close(fault);
  }

  /** Refuses the request, and the connection with it. */
  Rejected close(Fault fault) {
    return Rejected.andClose(fault, HEADER_BYTES).inForm(form());
  }
}
