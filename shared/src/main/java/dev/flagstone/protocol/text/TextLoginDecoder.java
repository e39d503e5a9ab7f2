package dev.flagstone.protocol.text;

import dev.flagstone.command.Fault;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;

/**
 * The decoder of a text session that has not logged in: it knows {@code set} as a login, {@code
 * version} and {@code quit}, and nothing that could reach a cache.
 *
 * <p>Every other line is {@link Fault#UNAUTHENTICATED}, empty ones too; the session counts them and
 * hangs up on who sends too many. What is no text, or an HTTP verb, is hung up on at once, without
 * a word. Stateless but for the outcomes that it reuses.
 */
public final class TextLoginDecoder implements Decoder {

  /** The longest value of a login, in bytes: a username, a space and a password fit. */
  public static final int MAX_VALUE_BYTES = 512;

  private final Line line = new Line();
  private final LoginAttempt attempt = new LoginAttempt();
  private final Decoded decoded = new Decoded();
  private final NeedMore needMore = new NeedMore();

  @Override
  public DecodeResult decode(byte[] bytes, int from, int to) {
    line.reset(bytes, from, to);
    int start = line.skipSpaces(from);
    if (start < 0) {
      return incomplete(from, to);
    }
    if (!isText(bytes[start])) {
      return Rejected.andClose(null, start - from);
    }
    int end = line.tokenEnd(start);
    if (end < 0) {
      return incomplete(from, to);
    }
    if (end == start) {
      return Rejected.andContinue(Fault.UNAUTHENTICATED, line.lineEnd(start) - from);
    }
    return switch (Word.of(bytes, start, end)) {
      case SET -> line.split(end) ? login(bytes, from, to) : incomplete(from, to);
      case VERSION -> line.split(end) ? accept(SessionCommand.VERSION, from) : incomplete(from, to);
      case QUIT -> line.split(end) ? accept(SessionCommand.QUIT, from) : incomplete(from, to);
      case HTTP -> Rejected.andClose(null, end - from);
      default -> Rejected.andSkipLine(Fault.UNAUTHENTICATED, end - from);
    };
  }

  /**
   * {@code set <key> <flags> <exptime> <bytes> [noreply]\r\n<value>\r\n}, of which the flags and
   * the exptime say nothing. Its length is looked at before anything is waited for.
   */
  private DecodeResult login(byte[] bytes, int from, int to) {
    int lineBytes = line.end() - from;
    long length = line.count() > 3 ? line.number(3) : -1;
    if (length > MAX_VALUE_BYTES) {
      return Rejected.andClose(Fault.AUTHENTICATION_FAILURE, lineBytes);
    }
    if (length < 0) {
      return Rejected.andContinue(Fault.UNAUTHENTICATED, lineBytes);
    }
    int valueBytes = (int) length + TextDecoder.TERMINATOR_BYTES;
    if (line.count() > 5 || !line.isKey(0)) {
      return Rejected.andSwallow(Fault.UNAUTHENTICATED, lineBytes, valueBytes);
    }
    if (to - from < lineBytes + valueBytes) {
      return needMore.set(lineBytes + valueBytes);
    }
    int end = line.end() + (int) length;
    if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
      return Rejected.andClose(Fault.AUTHENTICATION_FAILURE, end - from);
    }
    attempt.bytes = bytes;
    attempt.keyOffset = line.start(0);
    attempt.keyLength = line.length(0);
    attempt.valueOffset = line.end();
    attempt.valueLength = (int) length;
    return decoded.set(attempt, lineBytes + valueBytes, 0, line.isNoreply(4));
  }

  private Decoded accept(SessionCommand command, int from) {
    return decoded.set(command, line.end() - from, 0, command == SessionCommand.QUIT);
  }

  private DecodeResult incomplete(int from, int to) {
    return to - from < Line.MAX_BYTES
        ? needMore.set(to - from + 1)
        : Rejected.andClose(Fault.LINE_TOO_LONG, Line.MAX_BYTES);
  }

  private static boolean isText(byte b) {
    return b > ' ' || b == '\r' || b == '\n';
  }
}
