package dev.flagstone.launcher.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flagstone.tenancy.Verifier;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes usernames, passwords, tokens and salts. */
final class Secrets {

  private static final int USERNAME_BYTES = 3;
  private static final int PASSWORD_BYTES = 16;
  private static final int TOKEN_BYTES = 16;

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  /** Six hexadecimal digits: a name, not a secret. */
  String username() {
    return HexFormat.of().formatHex(bytes(USERNAME_BYTES));
  }

  /** 32 hexadecimal digits: 128 bits. */
  String password() {
    return HexFormat.of().formatHex(bytes(PASSWORD_BYTES));
  }

  /** 32 hexadecimal digits: 128 bits, and a label of a server name. */
  String token() {
    return HexFormat.of().formatHex(bytes(TOKEN_BYTES));
  }

  /** The verifier of a password, with a fresh salt. */
  Verifier verifier(String password) {
    return Verifier.of(password.getBytes(US_ASCII), bytes(Verifier.SALT_BYTES));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
