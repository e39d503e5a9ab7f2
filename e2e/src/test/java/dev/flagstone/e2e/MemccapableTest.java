package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** libmemcached's own suite for servers, its text half. */
@ExtendWith(SharedServer.class)
final class MemccapableTest {

  private static final int CASES = 27;

  @Test
  void memccapable_textCases_allPass(FlagstoneProcess server) throws Exception {
    List<String> command =
        List.of("memccapable", "-a", "-h", "127.0.0.1", "-p", Integer.toString(server.boundPort()));
    Subprocess.Outcome outcome = Subprocess.run(Duration.ofSeconds(60), Map.of(), command);
    List<String> results = outcome.out().lines().filter(line -> line.startsWith("ascii ")).toList();
    assertThat(results).hasSize(CASES).allSatisfy(line -> assertThat(line).endsWith("[pass]"));
    assertThat(outcome.succeeded().out()).endsWith("All tests passed\n");
  }
}
