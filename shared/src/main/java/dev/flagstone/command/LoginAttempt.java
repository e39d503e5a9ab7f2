package dev.flagstone.command;

/**
 * A login of a session that is not yet authenticated: a reusable view over bytes that somebody else
 * owns, valid until its decoder decodes the next command.
 *
 * <p>The two schemes of the text protocol look alike on the wire, so both stand here and the
 * session tells them apart: the key is the username and the value the password; or the key is
 * anything and the value is {@code username password}.
 */
public final class LoginAttempt implements Command {

  private static final byte[] NO_BYTES = {};

  /** The array that key and value are in. */
  public byte[] bytes = NO_BYTES;

  public int keyOffset;

  /** 1..250. */
  public int keyLength;

  public int valueOffset;

  /** In bytes; bounded by the decoder before any of it is waited for. */
  public int valueLength;

  /**
   * Whether key and value are username and password for certain, as in SASL PLAIN; otherwise both
   * schemes of the text protocol are possible.
   */
  public boolean exact;

  /** Says nothing of what it holds. */
  @Override
  public String toString() {
    return "LoginAttempt[redacted]";
  }
}
