package dev.flagstone.e2e.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Items;
import dev.flagstone.e2e.kit.Relay;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Waiting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guide for Java: folsom, spymemcached and xmemcached in binary, with their login by SASL. */
@ExtendWith(SharedServer.class)
final class JavaClientsTest {

  private static final int ITEMS = 3_000;

  @BeforeAll
  static void quiet() {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
  }

  @ParameterizedTest
  @EnumSource
  void items_areReadByteForByte(JavaSnippet snippet, FlagstoneProcess server) throws Exception {
    try (BinaryJavaClient client = BinaryJavaClient.of(snippet, server, Map.of())) {
      for (int i = 0; i < ITEMS; i++) {
        assertThat(client.set(Items.key(i), Items.value(i))).isTrue();
      }
      for (int i = 0; i < ITEMS; i++) {
        assertThat(client.get(Items.key(i))).isEqualTo(Items.value(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_doesWhatTheClientExpects(JavaSnippet snippet, FlagstoneProcess server)
      throws Exception {
    try (BinaryJavaClient client = BinaryJavaClient.of(snippet, server, Map.of())) {
      client.delete("n");
      client.delete("new");
      assertThat(client.incr("n", 1, 5)).isEqualTo(5);
      assertThat(client.incr("n", 37, 5)).isEqualTo(42);
      assertThat(client.set("c", bytes("theirs"))).isTrue();
      long unique = client.casOf("c");
      assertThat(client.cas("c", bytes("mine"), unique)).isTrue();
      assertThat(client.cas("c", bytes("late"), unique)).isFalse();
      assertThat(client.append("c", bytes("+"))).isTrue();
      assertThat(client.get("c")).asString(UTF_8).isEqualTo("mine+");
      assertThat(client.add("c", bytes("x"))).isFalse();
      assertThat(client.add("new", bytes("x"))).isTrue();
      assertThat(client.touch("new", 100)).isTrue();
      assertThat(client.delete("new")).isTrue();
      assertThat(client.delete("new")).isFalse();
      assertThat(client.get("new")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FOLSOM", "SPYMEMCACHED", "XMEMCACHED"})
  void wrongPassword_isRefused_withoutHammering(JavaSnippet snippet, FlagstoneProcess server)
      throws Exception {
    try (Relay relay = Relay.to(server.memcachePort())) {
      Map<String, String> changed =
          Map.of("MEMCACHIER_SERVERS", relay.address(), "MEMCACHIER_PASSWORD", "wrong");
      assertThat(getsIn(snippet, server, changed)).isFalse();
      assertThat(relay.connections()).isBetween(1, 6); // they try again, but with pauses
    }
  }

  private static boolean getsIn(
      JavaSnippet snippet, FlagstoneProcess server, Map<String, String> changed)
      throws InterruptedException {
    try (BinaryJavaClient client = BinaryJavaClient.of(snippet, server, changed)) {
      assertThat(client.get("some")).isNull();
      return true;
    } catch (Exception e) {
      Thread.sleep(2_000); // for what the client does by itself
      return false;
    }
  }

  /** Two addresses of one proxy process, of which one goes away: the items stay in reach. */
  @ParameterizedTest
  @EnumSource(names = {"FOLSOM", "SPYMEMCACHED", "XMEMCACHED"})
  void proxyThatGoesAway_itsKeysAreReadThroughTheOther(JavaSnippet snippet, FlagstoneProcess server)
      throws Exception {
    try (Relay first = Relay.to(server.memcachePort());
        Relay second = Relay.to(server.memcachePort());
        BinaryJavaClient client =
            BinaryJavaClient.of(
                snippet,
                server,
                Map.of("MEMCACHIER_SERVERS", first.address() + "," + second.address()))) {
      for (int i = 0; i < 200; i++) {
        client.set("moved" + i, bytes("value" + i));
      }
      assertThat(first.connections()).isPositive();
      assertThat(second.connections()).isPositive();
      first.goAway();
      Waiting.until("the items are back", Duration.ofSeconds(15), () -> allThere(client));
    }
  }

  private static boolean allThere(BinaryJavaClient client) {
    try {
      for (int i = 0; i < 200; i++) {
        byte[] value = client.get("moved" + i);
        if (value == null || !new String(value, UTF_8).equals("value" + i)) {
          return false;
        }
      }
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
