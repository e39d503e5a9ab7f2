package dev.flagstone.launcher.embedded;

/** The process cannot start as it was asked to; the message is one line for the operator. */
public final class StartException extends Exception {

  /** Makes one with a line for the operator: no stop at the end, no secret in it. */
  public StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
