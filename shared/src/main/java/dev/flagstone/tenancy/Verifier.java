package dev.flagstone.tenancy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a cluster keeps of a password: HMAC-SHA-256 of it under a random salt. It can tell whether a
 * password is right and cannot be turned back into it.
 *
 * <p>Generated passwords have 128 bits, which no number of guesses per second reaches, so the hash
 * is a fast one: a login costs microseconds on an event loop, and a storm of reconnecting clients
 * is survived.
 */
public final class Verifier {

  /** Bytes of a salt. */
  public static final int SALT_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private final byte[] salt;
  private final byte[] hash;

  private Verifier(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /** Makes the verifier of a password with a salt of {@link #SALT_BYTES} random bytes. */
  public static Verifier of(byte[] password, byte[] salt) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
    }
    return new Verifier(salt.clone(), mac(salt, password, 0, password.length));
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static Verifier parse(String encoded) {
    String[] parts = encoded.split(":", -1);
    if (parts.length != 3 || !parts[0].equals("hmac-sha256")) {
      throw new IllegalArgumentException("not a verifier of the form hmac-sha256:SALT:HASH");
    }
    byte[] salt = HexFormat.of().parseHex(parts[1]);
    byte[] hash = HexFormat.of().parseHex(parts[2]);
    if (salt.length != SALT_BYTES || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("a verifier has 16 bytes of salt and 32 of hash");
    }
    return new Verifier(salt, hash);
  }

  /** The text form: {@code hmac-sha256:SALT:HASH} in hexadecimal digits. */
  public String encoded() {
    return "hmac-sha256:" + HexFormat.of().formatHex(salt) + ":" + HexFormat.of().formatHex(hash);
  }

  /** Tells in constant time whether the {@code length} bytes at {@code offset} are the password. */
  public boolean matches(byte[] bytes, int offset, int length) {
    return MessageDigest.isEqual(hash, mac(salt, bytes, offset, length));
  }

  private static byte[] mac(byte[] salt, byte[] bytes, int offset, int length) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      mac.update(bytes, offset, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Verifier that
        && MessageDigest.isEqual(salt, that.salt)
        && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(salt);
  }

  /** Says nothing about the password. */
  @Override
  public String toString() {
    return "Verifier[redacted]";
  }
}
