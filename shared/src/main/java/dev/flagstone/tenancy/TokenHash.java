package dev.flagstone.tenancy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a cluster keeps of a cache's token: its SHA-256, which also is the key by which the cache is
 * found.
 *
 * <p>A token has 128 random bits, so a plain hash gives nothing away, and neither does the time
 * that a look-up takes: who cannot choose the hash cannot approach it digit by digit.
 */
public final class TokenHash {

  /** Characters of a token: hexadecimal digits. */
  public static final int TOKEN_LENGTH = 32;

  private static final String PREFIX = "sha256:";
  private static final int HASH_BYTES = 32;

  private final byte[] hash;

  private TokenHash(byte[] hash) {
    this.hash = hash;
  }

  /**
   * The hash of a token of {@link #TOKEN_LENGTH} hexadecimal digits, whose case does not matter:
   * server names have none. Empty if the text cannot be a token.
   */
  public static Optional<TokenHash> of(String token) {
    if (token.length() != TOKEN_LENGTH || !token.chars().allMatch(TokenHash::isHexDigit)) {
      return Optional.empty();
    }
    byte[] bytes = token.toLowerCase(Locale.ROOT).getBytes(US_ASCII);
    try {
      return Optional.of(new TokenHash(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static TokenHash parse(String encoded) {
    if (!encoded.startsWith(PREFIX) || encoded.length() != PREFIX.length() + 2 * HASH_BYTES) {
      throw new IllegalArgumentException("not a token's hash of the form sha256:HASH");
    }
    return new TokenHash(HexFormat.of().parseHex(encoded.substring(PREFIX.length())));
  }

  /** The text form: {@code sha256:HASH} in hexadecimal digits. */
  public String encoded() {
    return PREFIX + HexFormat.of().formatHex(hash);
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash that && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(hash);
  }

  /** Says nothing about the token. */
  @Override
  public String toString() {
    return "TokenHash[redacted]";
  }
}
