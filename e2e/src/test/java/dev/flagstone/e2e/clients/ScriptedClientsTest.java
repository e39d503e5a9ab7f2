package dev.flagstone.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Relay;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guides for Python, Ruby, PHP and Node.js: their snippets make clients that work. */
@ExtendWith(SharedServer.class)
final class ScriptedClientsTest {

  @ParameterizedTest
  @EnumSource
  void client_storesReadsAndKnowsEveryCommand(ScriptedClient client, FlagstoneProcess server)
      throws Exception {
    Subprocess.Outcome outcome = client.run("items", server.env()).succeeded();
    assertThat(outcome.out()).contains("hello").endsWith("stored and read 3000 items\n");
  }

  /** Three operations: whatever a client does about it, it stops. */
  @ParameterizedTest
  @EnumSource
  void wrongPassword_isRefused_withoutEndlessAttempts(
      ScriptedClient client, FlagstoneProcess server) throws Exception {
    String variable = client.isOverTls() ? "FLAGSTONE_TLS_SERVERS" : "MEMCACHIER_SERVERS";
    try (Relay relay = Relay.to(port(server, variable))) {
      Map<String, String> environment = new HashMap<>(server.env());
      environment.put(variable, relay.address());
      environment.put("MEMCACHIER_PASSWORD", "wrong");
      Subprocess.Outcome outcome = client.run("wrong-password", environment).succeeded();
      assertThat(outcome.out()).matches("(?s)(.*\n)?refused: " + client.refusal() + "\n");
      assertThat(relay.connections()).isBetween(1, 6);
    }
  }

  /** Two addresses of one proxy process, of which one goes away: the items stay in reach. */
  @ParameterizedTest
  @EnumSource(
      names = {"PYMEMCACHE_TLS", "DALLI_TLS"},
      mode = EnumSource.Mode.EXCLUDE)
  void proxyThatGoesAway_itsKeysAreReadThroughTheOther(
      ScriptedClient client, FlagstoneProcess server) throws Exception {
    try (Relay first = Relay.to(server.memcachePort());
        Relay second = Relay.to(server.memcachePort())) {
      Path wish = Distribution.newDirectory("relay").resolve("stop");
      Thread stopper = new Thread(() -> closeWhenWished(first, wish), "stopper");
      stopper.setDaemon(true);
      stopper.start();
      Map<String, String> environment = new HashMap<>(server.env());
      environment.put("MEMCACHIER_SERVERS", first.address() + "," + second.address());
      environment.put("STOP_RELAY", wish.toString());
      Subprocess.Outcome outcome = client.run("failover", environment).succeeded();
      assertThat(outcome.out()).endsWith("moved\n");
      assertThat(first.connections()).isPositive();
      assertThat(second.connections()).isPositive();
    }
  }

  private static int port(FlagstoneProcess server, String variable) {
    String address = server.env().getOrDefault(variable, "");
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static void closeWhenWished(Relay relay, Path wish) {
    try {
      while (!Files.exists(wish)) {
        Thread.sleep(5);
      }
      relay.close();
      Files.delete(wish);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
