package dev.flagstone.benchmarks;

import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints nanoseconds of processor time per command of one shard's executor, with a million items of
 * about 8-byte keys and 100-byte values, keys at random: hits, overwrites, inserts of new keys
 * while others are evicted.
 */
public final class ItemCost {

  private static final int ITEMS = Integer.getInteger("items", 1_000_000);
  private static final int VALUE_BYTES = 100;
  private static final int COMMANDS = 4_000_000;
  private static final int ROUNDS = 3;
  private static final long MEMORY_BYTES = 160L << 20;
  private static final long KEY_SPREAD = 0x9E3779B9L;

  private ItemCost() {}

  /** Measures three times, of which the last counts. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = new Engine(MEMORY_BYTES, 1, VALUE_BYTES);
    for (int i = 0; i < ITEMS; i++) {
      engine.execute(Verb.SET, key(i), VALUE_BYTES);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int batch : new int[] {1, 16}) {
        print("GET hit", batch, run(engine, Verb.GET, ITEMS, batch));
        print("SET over an item", batch, run(engine, Verb.SET, ITEMS, batch));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int batch : new int[] {1, 16}) {
        print("SET of a new key", batch, run(engine, Verb.SET, Integer.MAX_VALUE - batch, batch));
      }
    }
  }

  /** The thread's own time, so that others on the machine do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long key(int i) {
    return (i * KEY_SPREAD) & 0xFFFF_FFFFL;
  }

  private static double run(Engine engine, Verb verb, int bound, int batch) {
    SplittableRandom random = new SplittableRandom(bound);
    long[] keys = new long[batch];
    long[] hashes = new long[batch];
    int hits = 0;
    long start = cpuNanos();
    for (int i = 0; i < COMMANDS; i += batch) {
      for (int j = 0; j < batch; j++) {
        keys[j] = key(random.nextInt(bound));
      }
      if (batch > 1) {
        engine.warm(keys, hashes, batch);
      }
      for (int j = 0; j < batch; j++) {
        hits += engine.execute(verb, keys[j], VALUE_BYTES) == Status.HIT ? 1 : 0;
      }
    }
    double nanos = (cpuNanos() - start) / (double) COMMANDS;
    if (verb == Verb.GET && hits != COMMANDS) {
      throw new IllegalStateException("only " + hits + " hits");
    }
    return nanos;
  }

  private static void print(String what, int batch, double nanos) {
    System.out.printf(Locale.ROOT, "%s, in batches of %d: %.0f ns%n", what, batch, nanos);
  }
}
