package dev.flagstone.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstone.e2e.kit.CommandLine;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with clients that are not ours: Python's pymemcache, and OpenSSL. */
final class TlsClientsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static FlagstoneProcess server;
  private static Map<String, String> environment;

  @BeforeAll
  static void start() throws Exception {
    server = FlagstoneProcess.start("--memory", "64m");
    CommandLine cli = new CommandLine(server.data());
    JsonNode token = cli.json("cache", "token", "enable", "demo");
    JsonNode issued = cli.json("certs", "client", server.username());
    environment = new HashMap<>(server.env());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("SERVER_NAME", token.path("serverName").asText());
    environment.put("CERTIFICATE", issued.path("certificate").asText());
    environment.put("KEY", issued.path("key").asText());
    Thread.sleep(300); // until the server knows of the token
  }

  @AfterAll
  static void stop() throws Exception {
    server.endCleanly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "token", "certificate"})
  void pymemcache_storesAndReads1000Items(String identity) throws Exception {
    Path script = Path.of("src/test/resources/clients/pymemcache_tls.py").toAbsolutePath();
    Subprocess.Outcome outcome =
        Subprocess.run(
                TIMEOUT, environment, List.of("/usr/bin/python3", script.toString(), identity))
            .succeeded();
    assertThat(outcome.out()).isEqualTo("stored and read 1000 items\n");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void openssl_verifiesTheCertificate_andSpeaksAsTheTokensCache(String version) throws Exception {
    String server = environment.get("FLAGSTONE_TLS_SERVERS");
    String name = environment.get("SERVER_NAME");
    Subprocess.Outcome outcome =
        Subprocess.run(
            TIMEOUT,
            environment,
            "set openssl 0 0 1\r\nx\r\nget openssl\r\nquit\r\n",
            List.of(
                "openssl",
                "s_client",
                version,
                "-connect",
                server,
                "-servername",
                name,
                "-CAfile",
                environment.get("FLAGSTONE_CA"),
                "-verify_return_error",
                "-verify_hostname",
                name,
                "-quiet",
                "-ign_eof"));
    assertThat(outcome.out()).isEqualTo("STORED\r\nVALUE openssl 0 1\r\nx\r\nEND\r\n");
  }

  @Test
  void oldProtocols_areRefused() throws Exception {
    Subprocess.Outcome outcome =
        Subprocess.run(
            TIMEOUT,
            environment,
            List.of(
                "openssl",
                "s_client",
                "-tls1_1",
                "-cipher",
                "ALL:@SECLEVEL=0",
                "-connect",
                environment.get("FLAGSTONE_TLS_SERVERS")));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.err()).contains("alert");
  }
}
