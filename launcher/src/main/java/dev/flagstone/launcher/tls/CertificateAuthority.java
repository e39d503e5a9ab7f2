package dev.flagstone.launcher.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An authority that issues certificates for servers and for clients, each for one purpose only: a
 * stolen client certificate cannot pose as a server.
 *
 * <p>All keys are on the curve P-256, whose signatures cost a server less than RSA's.
 *
 * @param certificate its own, which whoever is to trust it gets
 * @param key what it signs with
 */
record CertificateAuthority(X509Certificate certificate, PrivateKey key) {

  /** A certificate with its key. */
  record Issued(X509Certificate certificate, PrivateKey key) {}

  private static final Duration OWN_VALIDITY = Duration.ofDays(3650);

  /** The longest that browsers and phones accept from an authority that somebody installed. */
  private static final Duration VALIDITY = Duration.ofDays(825);

  /** Clocks differ. */
  private static final Duration BACKDATING = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;
  private static final String SIGNATURE = "SHA256withECDSA";

  static CertificateAuthority create(String name, Instant now, SecureRandom random) {
    KeyPair pair = newKey(random);
    X500Name subject = subject(name);
    try {
      X509v3CertificateBuilder builder =
          builder(subject, subject, pair.getPublic(), now, OWN_VALIDITY, random)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("every Java platform can sign with P-256", e);
    }
  }

  /** Issues a server's certificate for these names and addresses. */
  Issued issueServer(List<String> hosts, List<String> addresses, Instant now, SecureRandom random) {
    GeneralName[] names = new GeneralName[hosts.size() + addresses.size()];
    for (int i = 0; i < hosts.size(); i++) {
      names[i] = new GeneralName(GeneralName.dNSName, hosts.get(i));
    }
    for (int i = 0; i < addresses.size(); i++) {
      names[hosts.size() + i] = new GeneralName(GeneralName.iPAddress, addresses.get(i));
    }
    return issue(
        subject(hosts.get(0)), KeyPurposeId.id_kp_serverAuth, new GeneralNames(names), now, random);
  }

  /** Issues a client's certificate whose common name is a username. */
  Issued issueClient(String username, Instant now, SecureRandom random) {
    return issue(subject(username), KeyPurposeId.id_kp_clientAuth, null, now, random);
  }

  private Issued issue(
      X500Name subject,
      KeyPurposeId purpose,
      @Nullable GeneralNames names,
      Instant now,
      SecureRandom random) {
    KeyPair pair = newKey(random);
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      X509v3CertificateBuilder builder =
          builder(issuer, subject, pair.getPublic(), now, VALIDITY, random)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(pair.getPublic()));
      if (names != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, names);
      }
      return new Issued(sign(builder, key), pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("every Java platform can sign with P-256", e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      Instant now,
      Duration validity,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
        Date.from(now.minus(BACKDATING)),
        Date.from(now.plus(validity)),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X500Name subject(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static KeyPair newKey(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}
