package dev.flagstone.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteConfigTest {

  @TempDir private Path directory;

  @Test
  void shippedFile_saysTheDefaults_alsoWithWhatIsCommentedOut() throws Exception {
    Path shipped = Path.of("../conf/flagstone.properties");
    assertThat(SiteConfig.load(shipped)).isEqualTo(SiteConfig.defaults());
    String all =
        Files.readAllLines(shipped).stream()
            .map(line -> line.startsWith("#") && line.contains("=") ? line.substring(1) : line)
            .collect(Collectors.joining("\n"));
    assertThat(all).contains("\ntls.domain", "\nconnections.max");
    assertThat(load(all)).isEqualTo(SiteConfig.defaults());
  }

  @Test
  void settings_areTaken() throws Exception {
    SiteConfig site =
        load(
            """
            bound.enabled = false
            tls.certificate = a.pem, sub/b.pem
            tls.key = a.key, /b.key
            tls.client-ca = clients.pem
            tls.domain = Cache.Example.org
            tls.identity.token = false
            proxied.enabled = true
            proxied.port = 4711
            connections.max-per-cache = 7
            connections.idle-seconds = 90
            """);
    assertThat(site.bound().enabled()).isFalse();
    assertThat(site.tls().servers()).hasSize(2);
    assertThat(site.tls().servers().get(1).certificate()).isEqualTo(directory.resolve("sub/b.pem"));
    assertThat(site.tls().servers().get(1).key()).isEqualTo(Path.of("/b.key"));
    assertThat(site.tls().clientCa()).isEqualTo(directory.resolve("clients.pem"));
    assertThat(site.tls().domain()).isEqualTo("cache.example.org");
    assertThat(site.tls().identities().token()).isFalse();
    assertThat(site.tls().identities().certificate()).isTrue();
    assertThat(site.proxied().port()).isEqualTo(4711);
    assertThat(site.connections().maxPerCache()).isEqualTo(7);
    assertThat(site.connections().rules().idleMillis()).isEqualTo(90_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls.certificate = a.pem              | tls.certificate and tls.key name as many files",
        "tls.client-ca = a.pem, b.pem         | tls.client-ca names one file",
        "tls.domain = not a domain            | tls.domain is no domain: not a domain",
        "tls.identity.tokens = true           | unknown setting tls.identity.tokens",
        "proxied.port = 65536                 | proxied.port is a number from 0 to 65535",
        "connections.max = 0                  | connections.max is a number from 1 to 1000000",
        "connections.max = many               | connections.max is a number from 1 to 1000000",
        "connections.max = 99999999999999     | connections.max is a number from 1 to 1000000",
        "connections.idle-seconds = -1        | connections.idle-seconds is a number from 0"
      })
  void setting_thatIsWrong_saysWhichAndWhy(String setting, String why) {
    assertThatThrownBy(() -> load(setting))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(why);
  }

  private SiteConfig load(String settings) throws IOException, StartException {
    return SiteConfig.load(Files.writeString(directory.resolve("conf"), settings));
  }
}
