package dev.flagstone.launcher.embedded;

import dev.flagstone.config.MemorySize;
import java.nio.file.Path;

/**
 * What an operator chose for the single process.
 *
 * @param data where the registry and {@code demo.env} live
 * @param memory what the items may take: all slabs together, and the demo cache's quota
 * @param loops the number of event loops, and with that of shards
 * @param listen what is opened
 * @param site the rules of the site
 */
public record RunOptions(
    Path data, MemorySize memory, int loops, ListenOptions listen, SiteConfig site) {

  /** Options at a site without rules of its own. */
  public RunOptions(Path data, MemorySize memory, int loops, ListenOptions listen) {
    this(data, memory, loops, listen, SiteConfig.defaults());
  }

  /** The most event loops of a process. */
  public static final int MAX_LOOPS = 64;

  public RunOptions {
    if (loops < 1 || loops > MAX_LOOPS) {
      throw new IllegalArgumentException("--loops is 1.." + MAX_LOOPS + ", not " + loops);
    }
  }
}
