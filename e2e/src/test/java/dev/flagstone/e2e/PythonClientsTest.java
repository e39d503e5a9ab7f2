package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Python's clients, each in a process of its own: the scripts in {@code clients/}. */
@ExtendWith(SharedServer.class)
final class PythonClientsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  @ParameterizedTest
  @CsvSource({
    "pymemcache_all.py, login",
    "pymemcache_all.py, bound",
    "pylibmc_all.py, login",
    "pylibmc_all.py, bound"
  })
  void client_storesAndReads10000Items_byteForByte(
      String script, String way, FlagstoneProcess server) throws Exception {
    Map<String, String> environment = new HashMap<>(server.env());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    Path directory = Path.of("src/test/resources/clients").toAbsolutePath();
    // Debian's own Python, which has Debian's packages.
    List<String> command = List.of("/usr/bin/python3", directory.resolve(script).toString(), way);
    Subprocess.Outcome outcome = Subprocess.run(TIMEOUT, environment, command).succeeded();
    assertThat(outcome.out()).isEqualTo("stored and read 10000 items\n");
    assertThat(outcome.err()).isEmpty();
  }
}
