package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Metrics;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.Subprocess;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items live outside the heap: however many come and go, it stays as it is. */
final class HeapTest {

  private static final int ITEMS = 2_000_000;
  private static final int AT_ONCE = 10_000;
  private static final long MAX_GROWTH_BYTES = 4L << 20;

  @Test
  void twoMillionItems_leaveTheHeapAsItIs() throws Exception {
    try (FlagstoneProcess server = FlagstoneProcess.start("--memory", "128m");
        RawClient client = server.connect()) {
      store(client, 0, 200_000); // what is allocated once is there afterwards
      long before = heapAfterCollection(server);
      long begun = System.nanoTime();
      store(client, 200_000, ITEMS);
      long millis = (System.nanoTime() - begun) / 1_000_000;
      long items = client.stat("curr_items");
      long growth = heapAfterCollection(server) - before;
      assertThat(client.stat("total_items")).isEqualTo(ITEMS);
      assertThat(items).isGreaterThan(500_000);
      assertThat(client.stat("evictions")).isEqualTo(ITEMS - items);
      assertThat(growth).isLessThan(MAX_GROWTH_BYTES);
      assertThat(millis).isLessThan(60_000);
      System.out.printf(
          "%,d items in %,d ms, %,d of them there at the end; heap %,d bytes before, %+,d after%n",
          ITEMS - 200_000, millis, items, before, growth);
    }
  }

  private static void store(RawClient client, int from, int to) throws Exception {
    ByteArrayOutputStream commands = new ByteArrayOutputStream();
    for (int start = from; start < to; start += AT_ONCE) {
      commands.reset();
      for (int i = start; i < start + AT_ONCE; i++) {
        commands.writeBytes(
            ("set key:" + (100_000_000 + i) + " 0 0 20 noreply\r\n").getBytes(US_ASCII));
        commands.writeBytes("a value of 20 bytes.\r\n".getBytes(US_ASCII));
      }
      assertThat(client.send(commands.toByteArray()).exchange("mn\r\n")).isEqualTo("MN");
    }
  }

  private static long heapAfterCollection(FlagstoneProcess server) throws Exception {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    List<String> command = List.of(jcmd, Long.toString(server.facts().pid()), "GC.run");
    var unused =
        Subprocess.run(Duration.ofSeconds(30), Distribution.environment(), command).succeeded();
    Metrics metrics = server.metrics();
    return metrics.sum("jvm_memory_used_bytes", "id=\"PS Old Gen\"");
  }
}
