package dev.flagstone.launcher.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Tells whether a private key belongs to a public one: what one signs, the other verifies. */
final class KeyMatch {

  private static final byte[] PROBE = "flagstone".getBytes(US_ASCII);

  private KeyMatch() {}

  static boolean fits(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
    if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())
        && !(publicKey.getAlgorithm().startsWith("E")
            && privateKey.getAlgorithm().startsWith("E"))) {
      return false;
    }
    Signature signature = Signature.getInstance(algorithm(privateKey));
    signature.initSign(privateKey);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) throws GeneralSecurityException {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
      default -> throw new GeneralSecurityException(key.getAlgorithm() + " is not supported");
    };
  }
}
