package dev.flagstone.proxy.auth;

import dev.flagstone.command.LoginAttempt;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Tenants.Grant;
import dev.flagstone.tenancy.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decides who may log in. A wrong username costs the same work as a wrong password, and passwords
 * are compared in constant time. Thread-safe.
 */
public final class Authenticator {

  private final CacheDirectory directory;
  private final Verifier nobody;

  /**
   * Makes an authenticator over a directory.
   *
   * @param nobodySalt {@link Verifier#SALT_BYTES} random bytes, for the verifier that unknown
   *     usernames are tried against
   */
  public Authenticator(CacheDirectory directory, byte[] nobodySalt) {
    this.directory = directory;
    this.nobody = Verifier.of(nobodySalt, nobodySalt);
  }

  /**
   * What the attempt opens, if its username and password are right, by either scheme of the text
   * protocol: the key is the username and the value the password; or the value is {@code username
   * password}.
   */
  public Optional<Grant> login(LoginAttempt attempt) {
    int space = separator(attempt);
    int password = space < 0 ? attempt.valueOffset : space + 1;
    int end = attempt.valueOffset + attempt.valueLength;
    return check(username(attempt), attempt.bytes, password, end - password);
  }

  /** What the attempt would open with the right password, if its username is known. */
  public Optional<Grant> aimedAt(LoginAttempt attempt) {
    return directory.tenants().grant(username(attempt));
  }

  private static String username(LoginAttempt attempt) {
    int space = separator(attempt);
    return space < 0
        ? text(attempt.bytes, attempt.keyOffset, attempt.keyLength)
        : text(attempt.bytes, attempt.valueOffset, space - attempt.valueOffset);
  }

  /** Where the space between username and password is, or -1 if the key is the username. */
  private static int separator(LoginAttempt attempt) {
    return attempt.exact
        ? -1
        : indexOfSpace(attempt.bytes, attempt.valueOffset, attempt.valueLength);
  }

  private Optional<Grant> check(String username, byte[] bytes, int offset, int length) {
    Optional<Grant> grant = directory.tenants().grant(username);
    boolean right =
        grant
            .map(Grant::credential)
            .map(Credential::verifier)
            .orElse(nobody)
            .matches(bytes, offset, length);
    return right ? grant : Optional.empty();
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  private static int indexOfSpace(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == ' ') {
        return i;
      }
    }
    return -1;
  }
}
