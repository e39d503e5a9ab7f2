package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Items;
import dev.flagstone.e2e.kit.SharedServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.transcoders.SerializingTranscoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** xmemcached, text, over the bound listener. */
@ExtendWith(SharedServer.class)
final class XmemcachedTest {

  private static final int AT_ONCE = 500;

  private final MemcachedClient client;

  XmemcachedTest(FlagstoneProcess server) throws Exception {
    XMemcachedClientBuilder builder =
        new XMemcachedClientBuilder(
            List.of(new InetSocketAddress("127.0.0.1", server.boundPort())));
    builder.setCommandFactory(new TextCommandFactory());
    SerializingTranscoder plain = new SerializingTranscoder();
    plain.setCompressionThreshold(Integer.MAX_VALUE);
    builder.setTranscoder(plain);
    builder.setOpTimeout(20_000);
    client = builder.build();
  }

  @BeforeEach
  void empty() throws Exception {
    client.flushAll();
  }

  @AfterEach
  void shutdown() throws Exception {
    client.shutdown();
  }

  @Test
  void tenThousandItems_areReadByteForByte() throws Exception {
    for (int i = 0; i < Items.COUNT; i++) {
      assertThat(client.set(Items.key(i), 0, Items.value(i))).isTrue();
    }
    for (int i = 0; i < Items.COUNT; i += AT_ONCE) {
      Map<String, byte[]> values = client.get(Items.keys().subList(i, i + AT_ONCE));
      assertThat(values).hasSize(AT_ONCE);
      for (int j = i; j < i + AT_ONCE; j++) {
        assertThat(values.get(Items.key(j))).isEqualTo(Items.value(j));
      }
    }
    for (int i = 0; i < Items.COUNT; i += 10) {
      assertThat(client.<byte[]>get(Items.key(i))).isEqualTo(Items.value(i));
    }
  }

  @Test
  void everyCommand_doesWhatTheClientExpects() throws Exception {
    assertThat(client.set("n", 0, "5")).isTrue();
    assertThat(client.incr("n", 37)).isEqualTo(42);
    assertThat(client.decr("n", 50)).isZero();
    assertThat(client.incr("counter", 1, 10)).isEqualTo(10);
    assertThat(client.set("key", 0, "theirs".getBytes(UTF_8))).isTrue();
    GetsResponse<byte[]> found = client.gets("key");
    assertThat(client.cas("key", 0, "mine".getBytes(UTF_8), found.getCas())).isTrue();
    assertThat(client.cas("key", 0, "late".getBytes(UTF_8), found.getCas())).isFalse();
    assertThat(client.append("key", "+".getBytes(UTF_8))).isTrue();
    assertThat(client.prepend("key", "-".getBytes(UTF_8))).isTrue();
    assertThat(client.<byte[]>get("key")).asString(UTF_8).isEqualTo("-mine+");
    assertThat(client.add("key", 0, "x")).isFalse();
    assertThat(client.add("new", 0, "x")).isTrue();
    assertThat(client.replace("none", 0, "x")).isFalse();
    assertThat(client.replace("key", 0, "r")).isTrue();
    assertThat(client.<String>get(List.of("none", "key", "new")))
        .isEqualTo(Map.of("key", "r", "new", "x"));
    assertThat(client.touch("key", 100)).isTrue();
    assertThat(client.touch("none", 100)).isFalse();
    assertThat(client.delete("new")).isTrue();
    assertThat(client.delete("new")).isFalse();
    assertThat(client.<String>get("new")).isNull();
    assertThat(client.getStats().values())
        .allSatisfy(stats -> assertThat(stats).containsEntry("curr_items", "3"));
    assertThat(client.getVersions().values())
        .allSatisfy(version -> assertThat(version).startsWith("1.6."));
  }
}
