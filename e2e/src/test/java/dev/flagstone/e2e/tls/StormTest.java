package dev.flagstone.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.ProcessFacts;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.Waiting;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A burst of connections: what it costs in memory, and that it neither starves who is in nor leaks.
 * {@code scripts/benchmark connections} measures the same with 16,000 and with latencies.
 */
final class StormTest {

  private static final int CONNECTIONS = 6_000;
  private static final long MAX_BYTES_EACH = 6 * 1024;
  private static final Duration STORM = Duration.ofSeconds(60);

  @Test
  void burstOfLogins_isServed_whileOthersAreServed_andLeavesNothing() throws Exception {
    // The heap is touched whole at the start, so that what grows beside it is seen.
    FlagstoneProcess server =
        FlagstoneProcess.start(
            Distribution.newDirectory("data"),
            Map.of("FLAGSTONE_JVM_OPTS", "-Xms192m -Xmx192m -XX:+AlwaysPreTouch"),
            "--memory",
            "32m");
    try (RawClient busy = server.connect()) {
      for (int i = 0; i < 20_000; i++) { // the heap and the code get warm
        assertThat(busy.exchange("get none\r\n")).isEqualTo("END");
      }
      var unused = server.metrics(); // its connection stays
      int filesBefore = server.facts().openFiles();
      long before = memory(server);
      List<SocketChannel> open = storm(server, busy);
      try {
        assertThat((memory(server) - before) / CONNECTIONS)
            .as("bytes of memory for each connection")
            .isLessThan(MAX_BYTES_EACH);
      } finally {
        for (SocketChannel channel : open) {
          channel.close();
        }
      }
      Waiting.until(
          "no more files are open than before",
          Duration.ofSeconds(20),
          () -> server.facts().openFiles() <= filesBefore + 1);
      Waiting.until(
          "no connection is half closed",
          Duration.ofSeconds(5),
          () -> ProcessFacts.sockets(server.memcachePort(), ProcessFacts.CLOSE_WAIT) == 0);
      assertThat(busy.exchange("get none\r\n")).isEqualTo("END");
    } finally {
      server.endCleanly();
    }
  }

  /** What is alive on the heap, and all memory outside it. */
  private static long memory(FlagstoneProcess server) throws Exception {
    return server.facts().liveHeapBytes() + server.facts().rssBytes();
  }

  /** Connects all at once, logs each in, and asks by the busy connection all the while. */
  private static List<SocketChannel> storm(FlagstoneProcess server, RawClient busy)
      throws Exception {
    String password = server.password();
    byte[] login =
        ("set " + server.username() + " 0 0 " + password.length() + "\r\n" + password + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> open = new ArrayList<>();
    ByteBuffer reply = ByteBuffer.allocate(64);
    long deadline = System.nanoTime() + STORM.toNanos();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress("127.0.0.1", server.memcachePort()));
        channel.register(selector, SelectionKey.OP_CONNECT);
        open.add(channel);
      }
      int in = 0;
      while (in < CONNECTIONS) {
        assertThat(System.nanoTime()).as("%d logged in", in).isLessThan(deadline);
        selector.select(20);
        for (SelectionKey key : selector.selectedKeys()) {
          SocketChannel channel = (SocketChannel) key.channel();
          if (key.isConnectable()) {
            channel.finishConnect();
            channel.write(ByteBuffer.wrap(login));
            key.interestOps(SelectionKey.OP_READ);
          } else {
            channel.read(reply.clear());
            assertThat(StandardCharsets.US_ASCII.decode(reply.flip()).toString())
                .isEqualTo("STORED\r\n");
            key.cancel();
            in++;
          }
        }
        selector.selectedKeys().clear();
        long begun = System.nanoTime();
        assertThat(busy.exchange("get none\r\n")).isEqualTo("END");
        assertThat(Waiting.millisSince(begun)).as("ms of one who is in").isLessThan(2_000);
      }
    }
    return open;
  }
}
