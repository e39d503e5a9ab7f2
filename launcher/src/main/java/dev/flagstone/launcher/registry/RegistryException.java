package dev.flagstone.launcher.registry;

/**
 * What an operator asked of the registry cannot be done; the message is one line for the operator.
 */
public final class RegistryException extends RuntimeException {

  /** Makes one with a line for the operator: no stop at the end, no secret in it. */
  public RegistryException(String message) {
    super(message);
  }

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
