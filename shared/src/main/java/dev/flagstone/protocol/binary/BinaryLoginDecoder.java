package dev.flagstone.protocol.binary;

import dev.flagstone.command.Fault;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The decoder of a binary session that has not logged in: it knows SASL PLAIN, {@code version},
 * {@code noop} and {@code quit}, and nothing that could reach a cache.
 *
 * <p>Every other request is {@link Fault#UNAUTHENTICATED}, malformed and unknown ones too; the
 * session counts them and hangs up on who sends too many. PLAIN is over after one request, so a
 * step continues nothing and is a failed login whatever it holds (CVE-2013-7239 was a step that
 * made a failed login good). Stateless but for the outcomes that it reuses.
 */
public final class BinaryLoginDecoder implements Decoder {

  /**
   * The longest body of a login, in bytes: mechanism, authorization identity, username, password.
   */
  public static final int MAX_BODY_BYTES = 1024;

  private static final byte[] PLAIN = "PLAIN".getBytes(StandardCharsets.US_ASCII);

  private final Request request = new Request();
  private final LoginAttempt attempt = new LoginAttempt();
  private final Decoded decoded = new Decoded();

  /** Makes a decoder for one session. */
  public BinaryLoginDecoder() {
    attempt.exact = true;
  }

  @Override
  public DecodeResult decode(byte[] bytes, int from, int to) {
    DecodeResult unreadable = request.open(bytes, from, to, Fault.UNAUTHENTICATED);
    if (unreadable != null) {
      return unreadable;
    }
    return switch (request.opcode()) {
      case SASL_LIST -> bare(SessionCommand.LIST_MECHANISMS, false);
      case SASL_AUTH -> login();
      case SASL_STEP -> failed();
      case NOOP -> bare(SessionCommand.NOOP, false);
      case VERSION -> bare(SessionCommand.VERSION, false);
      case QUIT -> bare(SessionCommand.QUIT, false);
      case QUITQ -> bare(SessionCommand.QUIT, true);
      default -> request.refuse(Fault.UNAUTHENTICATED);
    };
  }

  /** {@code sasl auth: PLAIN [<authorization identity>] NUL <username> NUL <password>} */
  private DecodeResult login() {
    if (request.bodyLength() > MAX_BODY_BYTES) {
      return failed();
    }
    DecodeResult unready = request.await(request.length());
    if (unready != null) {
      return unready;
    }
    boolean wellFormed =
        request.extrasLength() == 0 && request.isKey(PLAIN) && readMessage(request.bytes());
    return wellFormed ? decoded.set(attempt, request.length(), request.form(), false) : failed();
  }

  /**
   * Reads the message of RFC 4616. Nobody may act as somebody else, so the authorization identity
   * is empty or the username.
   *
   * @return whether it is one
   */
  private boolean readMessage(byte[] bytes) {
    int start = request.valueOffset();
    int end = start + (int) request.valueLength();
    int first = indexOfNul(bytes, start, end);
    int second = indexOfNul(bytes, first + 1, end);
    int usernameLength = second - first - 1;
    if (second >= end || usernameLength < 1 || usernameLength > ItemLimits.MAX_KEY_BYTES) {
      return false;
    }
    attempt.bytes = bytes;
    attempt.keyOffset = first + 1;
    attempt.keyLength = usernameLength;
    attempt.valueOffset = second + 1;
    attempt.valueLength = end - second - 1;
    return first == start || Arrays.equals(bytes, start, first, bytes, first + 1, second);
  }

  /** The index of the first NUL from {@code from} on, or {@code end} if there is none before it. */
  private static int indexOfNul(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != 0) {
      i++;
    }
    return Math.min(i, end);
  }

  private DecodeResult failed() {
    return request.close(Fault.AUTHENTICATION_FAILURE);
  }

  private DecodeResult bare(SessionCommand asked, boolean noreply) {
    return request.bodyLength() == 0
        ? decoded.set(asked, request.length(), request.form(), noreply)
        : request.refuse(Fault.UNAUTHENTICATED);
  }
}
