package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Items;
import dev.flagstone.e2e.kit.SharedServer;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.internal.OperationFuture;
import net.spy.memcached.transcoders.SerializingTranscoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** spymemcached, text, over the bound listener. */
@ExtendWith(SharedServer.class)
final class SpymemcachedTest {

  private static final int PIPELINED = 200;

  private MemcachedClient client;

  SpymemcachedTest(FlagstoneProcess server) throws Exception {
    SerializingTranscoder plain = new SerializingTranscoder();
    plain.setCompressionThreshold(Integer.MAX_VALUE);
    client =
        new MemcachedClient(
            new ConnectionFactoryBuilder().setTranscoder(plain).setOpTimeout(20_000).build(),
            List.of(new InetSocketAddress("127.0.0.1", server.boundPort())));
  }

  @BeforeAll
  static void quiet() {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
  }

  @BeforeEach
  void empty() throws Exception {
    assertThat(client.flush().get(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void shutdown() {
    client.shutdown();
  }

  private static boolean done(OperationFuture<Boolean> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void tenThousandItems_storedPipelined_areReadByteForByte() throws Exception {
    Deque<OperationFuture<Boolean>> pending = new ArrayDeque<>();
    for (int i = 0; i < Items.COUNT; i++) {
      pending.add(client.set(Items.key(i), 0, Items.value(i)));
      if (pending.size() == PIPELINED) {
        assertThat(done(pending.remove())).isTrue();
      }
    }
    while (!pending.isEmpty()) {
      assertThat(done(pending.remove())).isTrue();
    }
    for (int i = 0; i < Items.COUNT; i += PIPELINED) {
      Map<String, Object> values =
          client.getBulk(Items.keys().subList(i, Math.min(i + PIPELINED, Items.COUNT)));
      assertThat(values).hasSize(PIPELINED);
      for (int j = i; j < i + PIPELINED; j++) {
        assertThat((byte[]) values.get(Items.key(j))).isEqualTo(Items.value(j));
      }
    }
    for (int i = 0; i < Items.COUNT; i += 10) {
      assertThat((byte[]) client.get(Items.key(i))).isEqualTo(Items.value(i));
    }
  }

  @Test
  void everyCommand_doesWhatTheClientExpects() throws Exception {
    assertThat(done(client.set("n", 0, "5"))).isTrue();
    assertThat(client.incr("n", 37)).isEqualTo(42);
    assertThat(client.decr("n", 50)).isZero();
    assertThat(client.incr("none", 1)).isEqualTo(-1);
    assertThat(done(client.set("key", 0, "theirs".getBytes(UTF_8)))).isTrue();
    CASValue<Object> found = client.gets("key");
    assertThat(client.cas("key", found.getCas(), "mine".getBytes(UTF_8))).isEqualTo(CASResponse.OK);
    assertThat(client.cas("key", found.getCas(), "late".getBytes(UTF_8)))
        .isEqualTo(CASResponse.EXISTS);
    assertThat(client.cas("none", 1, "late".getBytes(UTF_8))).isEqualTo(CASResponse.NOT_FOUND);
    assertThat(done(client.append("key", "+".getBytes(UTF_8)))).isTrue();
    assertThat(done(client.prepend("key", "-".getBytes(UTF_8)))).isTrue();
    assertThat((byte[]) client.get("key")).asString(UTF_8).isEqualTo("-mine+");
    assertThat(done(client.add("key", 0, "x"))).isFalse();
    assertThat(done(client.add("new", 0, "x"))).isTrue();
    assertThat(done(client.replace("none", 0, "x"))).isFalse();
    assertThat(done(client.replace("key", 0, "r"))).isTrue();
    assertThat(client.getBulk("none", "key", "new").keySet())
        .containsExactlyInAnyOrder("key", "new");
    assertThat(done(client.delete("new"))).isTrue();
    assertThat(done(client.delete("new"))).isFalse();
    assertThat(client.get("new")).isNull();
    assertThat(client.getStats().values())
        .allSatisfy(stats -> assertThat(stats).containsEntry("curr_items", "2"));
    assertThat(client.getVersions().values())
        .allSatisfy(version -> assertThat(version).startsWith("1.6."));
  }
}
