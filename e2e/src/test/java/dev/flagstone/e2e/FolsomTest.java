package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.ConnectFuture;
import com.spotify.folsom.GetResult;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Items;
import dev.flagstone.e2e.kit.SharedServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** folsom, text: with a login, which it sends on every connection by itself, and without. */
@ExtendWith(SharedServer.class)
final class FolsomTest {

  private static final int PIPELINED = 200;

  enum Way {
    LOGIN,
    BOUND
  }

  private static AsciiMemcacheClient<byte[]> connect(Way way, FlagstoneProcess server)
      throws Exception {
    MemcacheClientBuilder<byte[]> builder =
        MemcacheClientBuilder.newByteArrayClient().withMaxOutstandingRequests(10_000);
    if (way == Way.LOGIN) {
      builder
          .withAddress("127.0.0.1", server.memcachePort())
          .withUsernamePassword(server.username(), server.password());
    } else {
      builder.withAddress("127.0.0.1", server.boundPort());
    }
    AsciiMemcacheClient<byte[]> client = builder.connectAscii();
    var unused = done(ConnectFuture.connectFuture(client));
    assertThat(done(client.flushAll(0))).isEqualTo(MemcacheStatus.OK);
    return client;
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void tenThousandItems_storedPipelined_areReadByteForByte(Way way, FlagstoneProcess server)
      throws Exception {
    AsciiMemcacheClient<byte[]> client = connect(way, server);
    try {
      Deque<CompletionStage<MemcacheStatus>> pending = new ArrayDeque<>();
      for (int i = 0; i < Items.COUNT; i++) {
        pending.add(client.set(Items.key(i), Items.value(i), 0));
        if (pending.size() == PIPELINED) {
          assertThat(done(pending.remove())).isEqualTo(MemcacheStatus.OK);
        }
      }
      while (!pending.isEmpty()) {
        assertThat(done(pending.remove())).isEqualTo(MemcacheStatus.OK);
      }
      for (int i = 0; i < Items.COUNT; i += PIPELINED) {
        List<byte[]> values = done(client.get(Items.keys().subList(i, i + PIPELINED)));
        for (int j = 0; j < PIPELINED; j++) {
          assertThat(values.get(j)).isEqualTo(Items.value(i + j));
        }
      }
      for (int i = 0; i < Items.COUNT; i += 10) {
        assertThat(done(client.get(Items.key(i)))).isEqualTo(Items.value(i));
      }
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_doesWhatTheClientExpects(Way way, FlagstoneProcess server) throws Exception {
    AsciiMemcacheClient<byte[]> client = connect(way, server);
    try {
      assertThat(done(client.set("n", bytes("5"), 0))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.incr("n", 37))).isEqualTo(42);
      assertThat(done(client.decr("n", 50))).isZero();
      assertThat(done(client.incr("none", 1))).isNull();
      assertThat(done(client.set("key", bytes("theirs"), 0))).isEqualTo(MemcacheStatus.OK);
      GetResult<byte[]> found = done(client.casGet("key"));
      assertThat(done(client.set("key", bytes("mine"), 0, found.getCas())))
          .isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.set("key", bytes("late"), 0, found.getCas())))
          .isEqualTo(MemcacheStatus.KEY_EXISTS);
      assertThat(done(client.append("key", bytes("+")))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.prepend("key", bytes("-")))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.get("key"))).isEqualTo(bytes("-mine+"));
      assertThat(done(client.add("key", bytes("x"), 0))).isEqualTo(MemcacheStatus.ITEM_NOT_STORED);
      assertThat(done(client.add("new", bytes("x"), 0))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.replace("none", bytes("x"), 0)))
          .isEqualTo(MemcacheStatus.ITEM_NOT_STORED);
      assertThat(done(client.replace("key", bytes("r"), 0))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.touch("key", 100))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.touch("none", 100))).isEqualTo(MemcacheStatus.KEY_NOT_FOUND);
      assertThat(done(client.delete("new"))).isEqualTo(MemcacheStatus.OK);
      assertThat(done(client.delete("new"))).isEqualTo(MemcacheStatus.KEY_NOT_FOUND);
      assertThat(done(client.get("new"))).isNull();
      assertThat(done(client.getStats("")).values())
          .allSatisfy(stats -> assertThat(stats.getStats()).containsEntry("curr_items", "2"));
    } finally {
      client.shutdown();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
