package dev.flagstone.benchmarks;

import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints nanoseconds per command of one shard's executor, with a million items of about 8-byte keys
 * and 100-byte values, keys at random: hits, overwrites, inserts of new keys while others are
 * evicted.
 */
public final class ItemCost {

  private static final int ITEMS = 1_000_000;
  private static final int VALUE_BYTES = 100;
  private static final int COMMANDS = 4_000_000;
  private static final long MEMORY_BYTES = 160L << 20;
  private static final long KEY_SPREAD = 0x9E3779B9L;

  private ItemCost() {}

  /** Measures three times, of which the last counts. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = new Engine(MEMORY_BYTES, 1, VALUE_BYTES);
    for (int i = 0; i < ITEMS; i++) {
      engine.execute(Verb.SET, key(i), VALUE_BYTES);
    }
    for (int round = 0; round < 3; round++) {
      print("GET hit", run(engine, Verb.GET, ITEMS, 0));
      print("SET over an item", run(engine, Verb.SET, ITEMS, 0));
    }
    for (int round = 0; round < 3; round++) {
      print("SET of a new key", run(engine, Verb.SET, Integer.MAX_VALUE, 1));
    }
  }

  private static long key(int i) {
    return i * KEY_SPREAD & 0xFFFF_FFFFL;
  }

  private static double run(Engine engine, Verb verb, int bound, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hits = 0;
    long start = System.nanoTime();
    for (int i = 0; i < COMMANDS; i++) {
      if (engine.execute(verb, key(random.nextInt(bound)), VALUE_BYTES) == Status.HIT) {
        hits++;
      }
    }
    double nanos = (System.nanoTime() - start) / (double) COMMANDS;
    if (verb == Verb.GET && hits != COMMANDS) {
      throw new IllegalStateException("only " + hits + " hits");
    }
    return nanos;
  }

  private static void print(String what, double nanos) {
    System.out.printf(Locale.ROOT, "%s: %.0f ns%n", what, nanos);
  }
}
