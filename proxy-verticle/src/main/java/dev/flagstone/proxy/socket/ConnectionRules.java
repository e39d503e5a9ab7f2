package dev.flagstone.proxy.socket;

/**
 * How many connections a proxy takes, how fast, and for how long.
 *
 * @param maxOpen connections that may be open at once, over all event loops
 * @param acceptsPerSecond how many one listener accepts a second when many wait; 0 for no limit
 * @param acceptBurst how many it accepts at once before that counts
 * @param idleMillis how long a session may send nothing before it is closed; 0 for ever
 */
public record ConnectionRules(int maxOpen, int acceptsPerSecond, int acceptBurst, long idleMillis) {

  /** The rules that hold unless an operator says otherwise. */
  public static final ConnectionRules DEFAULT = new ConnectionRules(65_536, 2_000, 1_000, 0);

  public ConnectionRules {
    if (maxOpen < 1 || acceptsPerSecond < 0 || acceptBurst < 1 || idleMillis < 0) {
      throw new IllegalArgumentException(
          "at least 1 connection may be open and 1 accepted at once; no rule is negative");
    }
  }
}
