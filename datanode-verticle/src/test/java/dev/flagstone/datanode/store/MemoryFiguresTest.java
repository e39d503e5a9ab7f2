package dev.flagstone.datanode.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.TestNode;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures that the design promises about memory. */
class MemoryFiguresTest {

  private static final int CACHE = 1;
  private static final int KEY_BYTES = 10;
  private static final int VALUE_BYTES = 100;

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private final byte[] key = "0000000000".getBytes(ISO_8859_1);
  private final byte[] value = new byte[VALUE_BYTES];

  private byte[] key(int number) {
    int rest = number;
    for (int i = KEY_BYTES - 1; i >= 0; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  @Test
  void twoMillionItems_of110Bytes_takeAtMost150BytesEach() {
    int count = 2_000_000;
    TestNode node = consistent.node(300L << 20, 2).cache(CACHE, 300L << 20);
    for (int i = 0; i < count; i++) {
      node.set(CACHE, key(i), value);
    }
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(count);
    double perItem = (double) (node.memory.bytes() - node.memory.freeBytes()) / count;
    System.out.printf("%.1f bytes of memory per item%n", perItem);
    assertThat(perItem).isLessThanOrEqualTo(150);
  }

  @Test
  void fiveMillionItems_comingAndGoing_leaveTheHeapAlone() {
    TestNode node = consistent.node(32 << 20, 1).cache(CACHE, 32 << 20);
    for (int i = 0; i < 300_000; i++) {
      node.set(CACHE, key(i), value);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 5_000_000; i++) {
      node.command(Verb.SET);
      node.execute(CACHE, key(i), value);
      node.hit(CACHE, key(i - 5 > 0 ? i - 5 : i));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf(
        "%d bytes on the Java heap for 5,000,000 items, %d evictions%n",
        allocated, node.stat(CACHE, StatCounter.EVICTIONS));
    assertThat(allocated).isLessThan(1 << 20);
  }
}
