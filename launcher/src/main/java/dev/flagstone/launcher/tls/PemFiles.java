package dev.flagstone.launcher.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flagstone.launcher.files.IoReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as PEM text, in files. */
final class PemFiles {

  private static final long MAX_BYTES = 1 << 20;

  private PemFiles() {}

  /**
   * The certificates of a file, in its order: at least one.
   *
   * @throws TlsException if it cannot be read or holds something else
   */
  static List<X509Certificate> certificates(Path file) throws TlsException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] content = read(file).getBytes(US_ASCII);
      for (Certificate part : factory.generateCertificates(new ByteArrayInputStream(content))) {
        found.add((X509Certificate) part);
      }
    } catch (CertificateException e) {
      throw new TlsException(file + " holds a malformed certificate", e);
    }
    if (found.isEmpty()) {
      throw new TlsException(file + " holds no certificate");
    }
    return found;
  }

  /**
   * The private key of a file: PKCS#8, or the older forms for RSA and EC; not encrypted.
   *
   * @throws TlsException if it cannot be read or holds something else
   */
  static PrivateKey privateKey(Path file) throws TlsException {
    try (PEMParser parser = new PEMParser(new StringReader(read(file)))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        PrivateKey key = privateKey(part, file);
        if (key != null) {
          return key;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new TlsException(file + " holds a malformed key", e);
    }
    throw new TlsException(file + " holds no private key");
  }

  private static @Nullable PrivateKey privateKey(Object part, Path file)
      throws TlsException, IOException {
    if (part instanceof PrivateKeyInfo info) {
      return platformKey(info, file);
    }
    if (part instanceof PEMKeyPair pair) {
      return platformKey(pair.getPrivateKeyInfo(), file);
    }
    if (part instanceof PEMEncryptedKeyPair || part instanceof PKCS8EncryptedPrivateKeyInfo) {
      throw new TlsException(file + " is encrypted; a server needs a key without a passphrase");
    }
    return null; // parameters of a curve, a certificate beside the key
  }

  private static PrivateKey platformKey(PrivateKeyInfo info, Path file)
      throws TlsException, IOException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    String name =
        algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
            ? "RSA"
            : algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "EdDSA";
    try {
      return KeyFactory.getInstance(name)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new TlsException(file + " holds a key of a kind that is not supported", e);
    }
  }

  private static String read(Path file) throws TlsException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TlsException(file + " is too large for certificates or a key");
      }
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      throw new TlsException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }

  static byte[] encode(List<X509Certificate> certificates) {
    return write(writer -> certificates.forEach(certificate -> put(writer, certificate)));
  }

  static byte[] encode(PrivateKey key) {
    return write(writer -> put(writer, pkcs8(key)));
  }

  private static JcaPKCS8Generator pkcs8(PrivateKey key) {
    try {
      return new JcaPKCS8Generator(key, null);
    } catch (PemGenerationException e) {
      throw new IllegalStateException("a key can be written", e);
    }
  }

  private interface Writing {
    void to(JcaPEMWriter writer);
  }

  private static byte[] write(Writing writing) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writing.to(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can be written", e);
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static void put(JcaPEMWriter writer, Object part) {
    try {
      writer.writeObject(part);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can be written", e);
    }
  }
}
