package dev.flagstone.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the guides type into a shell. */
@ExtendWith(SharedServer.class)
final class CommandLineClientsTest {

  private final FlagstoneProcess server;

  CommandLineClientsTest(FlagstoneProcess server) {
    this.server = server;
  }

  private Subprocess.Outcome shell(String snippet, Map<String, String> changed) throws Exception {
    Map<String, String> environment = new HashMap<>(server.env());
    environment.putAll(changed);
    Path directory = Distribution.newDirectory("shell");
    String script = "cd '" + directory + "'\n" + Guide.page("README.md").snippet(snippet);
    return Subprocess.run(Duration.ofSeconds(30), environment, List.of("bash", "-c", script));
  }

  @Test
  void openssl_talksTextInsideTls() throws Exception {
    Subprocess.Outcome outcome = shell("openssl", Map.of()).succeeded();
    assertThat(outcome.out())
        .isEqualTo("STORED\r\nSTORED\r\nVALUE greeting 0 5\r\nhello\r\nEND\r\n");
  }

  @Test
  void openssl_withAnotherAuthority_refusesTheServer() throws Exception {
    String other = Distribution.newDirectory("ca").resolve("other.pem").toString();
    var unused =
        Subprocess.run(
                Duration.ofSeconds(30),
                Map.of(),
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    "/dev/null",
                    "-subj",
                    "/CN=other",
                    "-out",
                    other))
            .succeeded();
    Subprocess.Outcome outcome = shell("openssl", Map.of("FLAGSTONE_CA", other));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void libmemcachedsTools_logInBySasl() throws Exception {
    Subprocess.Outcome outcome = shell("memccp", Map.of()).succeeded();
    assertThat(outcome.out()).startsWith("hello\n");
    try (RawClient client = server.connect()) {
      assertThat(client.get("greeting")).isNull(); // memcrm was the last
    }
  }
}
