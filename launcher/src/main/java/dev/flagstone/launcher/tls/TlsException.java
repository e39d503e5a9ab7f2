package dev.flagstone.launcher.tls;

/** Certificates or keys cannot be used; the message is one line for the operator. */
public final class TlsException extends Exception {

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
