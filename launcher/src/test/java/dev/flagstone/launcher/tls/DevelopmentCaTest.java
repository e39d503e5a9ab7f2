package dev.flagstone.launcher.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DevelopmentCaTest {

  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  @TempDir private Path data;

  private final Instant now = Instant.now();

  private DevelopmentCa ca() {
    return new DevelopmentCa(data, new SecureRandom());
  }

  private X509Certificate authority() throws TlsException {
    return PemFiles.certificates(ca().certificate()).get(0);
  }

  @Test
  void server_firstStart_hasACertificateForTheNamesOfThisMachineAndTheDomain() throws Exception {
    Pair pair = ca().server("example.test", now);
    X509Certificate server = PemFiles.certificates(pair.certificate()).get(0);
    server.verify(authority().getPublicKey());
    assertThat(server.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList())
        .hasToString("[localhost, example.test, *.example.test, 127.0.0.1, 0:0:0:0:0:0:0:1]");
    assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(authority().getBasicConstraints()).isZero();
    assertThat(KeyMatch.fits(server.getPublicKey(), PemFiles.privateKey(pair.key()))).isTrue();
  }

  @Test
  void everyFile_isReadByItsOwnerOnly() throws Exception {
    ca().server("example.test", now);
    ca().client("shop", now);
    try (Stream<Path> files = Files.walk(data.resolve("tls"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void server_nextStart_keepsWhatSuits_andRenewsWhatDoesNot() throws Exception {
    Path certificate = ca().server("example.test", now).certificate();
    String authority = Files.readString(ca().certificate());
    String first = Files.readString(certificate);
    ca().server("example.test", now.plus(Duration.ofDays(700)));
    assertThat(Files.readString(certificate)).isEqualTo(first);
    ca().server("example.test", now.plus(Duration.ofDays(760)));
    String renewed = Files.readString(certificate);
    assertThat(renewed).isNotEqualTo(first);
    ca().server("other.test", now.plus(Duration.ofDays(760)));
    assertThat(Files.readString(certificate)).isNotEqualTo(renewed);
    Files.delete(data.resolve("tls/server.key"));
    ca().server("other.test", now);
    assertThat(data.resolve("tls/server.key")).exists();
    assertThat(Files.readString(ca().certificate())).isEqualTo(authority);
  }

  @Test
  void client_namesACredential_andCannotPoseAsAServer() throws Exception {
    Pair pair = ca().client("shop-writer", now);
    List<X509Certificate> chain = PemFiles.certificates(pair.certificate());
    chain.get(0).verify(authority().getPublicKey());
    assertThat(chain.get(0).getSubjectX500Principal().getName()).isEqualTo("CN=shop-writer");
    assertThat(chain.get(0).getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../server", ".hidden", "a/b", "a b", "", "%"})
  void client_nameThatIsNoFileName_isRefused(String username) {
    assertThatThrownBy(() -> ca().client(username, now)).isInstanceOf(TlsException.class);
    assertThat(data.resolve("tls")).doesNotExist();
  }

  @Test
  void key_inAnyUsualForm_isRead_andOthersAreRefusedInOneLine() throws Exception {
    for (String[] command :
        List.of(
            new String[] {"genpkey", "-algorithm", "RSA", "-out"},
            new String[] {"genpkey", "-algorithm", "ed25519", "-out"},
            new String[] {"ecparam", "-name", "prime256v1", "-genkey", "-out"},
            new String[] {"genrsa", "-traditional", "-out"})) {
      Path key = openssl(command);
      assertThat(PemFiles.privateKey(key)).isNotNull();
    }
    Path encrypted =
        openssl("genpkey", "-algorithm", "RSA", "-aes128", "-pass", "pass:secret", "-out");
    assertThatThrownBy(() -> PemFiles.privateKey(encrypted))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("is encrypted");
    Path text = Files.writeString(data.resolve("text"), "no key");
    assertThatThrownBy(() -> PemFiles.privateKey(text)).hasMessageContaining("no private key");
    assertThatThrownBy(() -> PemFiles.certificates(text)).hasMessageContaining("certificate");
    assertThatThrownBy(() -> PemFiles.certificates(data.resolve("none")))
        .hasMessageContaining("no such file");
  }

  private Path openssl(String... words) throws Exception {
    Path key = Files.createTempFile(data, "key", ".pem");
    List<String> command =
        Stream.concat(
                Stream.concat(Stream.of("openssl"), Stream.of(words)), Stream.of(key.toString()))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return key;
  }
}
