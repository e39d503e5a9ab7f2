package dev.flagstone.benchmarks;

import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import java.util.Locale;

/**
 * Prints the hit ratio of the second half of a trace of 3,000,000 requests against 64 MiB in two
 * shards, once without and once with scans. memcached 1.6.18 has 0.522 and 0.463 with the same
 * memory.
 *
 * <p>With the argument {@code -d} it prints the trace instead, a key and a size a line.
 */
public final class HitRatio {

  private static final int REQUESTS = 3_000_000;
  private static final int KEYS = 1_000_000;
  private static final long SEED = 42;
  private static final long MEMORY_BYTES = 64L << 20;
  private static final int SHARDS = 2;
  private static final int REQUESTS_PER_TURN = 64;

  private HitRatio() {}

  /** Runs both traces. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("-d")) {
      print(new Trace(SEED, KEYS, 0, 0));
      return;
    }
    replay("zipf", new Trace(SEED, KEYS, 0, 0));
    replay("zipf with scans", new Trace(SEED, KEYS, 0.3, 50_000));
  }

  private static void print(Trace trace) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < REQUESTS; i++) {
      long key = trace.nextKey();
      lines.append(key).append(' ').append(Trace.valueBytes(key)).append('\n');
    }
    System.out.print(lines);
  }

  private static void replay(String name, Trace trace) throws Exception {
    Engine engine = new Engine(MEMORY_BYTES, SHARDS, 1 << 20);
    int lateHits = 0;
    int late = 0;
    long start = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      long key = trace.nextKey();
      boolean hit = engine.execute(Verb.GET, key, 0) == Status.HIT;
      if (!hit) {
        engine.execute(Verb.SET, key, Trace.valueBytes(key));
      }
      if (i >= REQUESTS / 2) {
        late++;
        lateHits += hit ? 1 : 0;
      }
      if (i % REQUESTS_PER_TURN == 0) {
        engine.turn();
      }
    }
    engine.assertConsistent();
    System.out.printf(
        Locale.ROOT,
        "%s: hit ratio of the second half %.4f, %d items, %d evictions, %d ns a request%n",
        name,
        (double) lateHits / late,
        engine.items(),
        engine.evictions(),
        (System.nanoTime() - start) / REQUESTS);
  }
}
