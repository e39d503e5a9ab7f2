package dev.flagstone.proxy.metric;

import java.util.Locale;

/**
 * What a proxy counts of one cache: the part of {@code stats} that clients with several proxies sum
 * up. Named as memcached names them.
 */
public enum TrafficCounter {
  TOTAL_CONNECTIONS,
  CMD_GET,
  CMD_SET,
  CMD_FLUSH,
  CMD_TOUCH,
  CMD_DELETE,
  GET_HITS,
  GET_MISSES,
  DELETE_MISSES,
  DELETE_HITS,
  INCR_MISSES,
  INCR_HITS,
  DECR_MISSES,
  DECR_HITS,
  CAS_MISSES,
  CAS_HITS,
  CAS_BADVAL,
  TOUCH_HITS,
  TOUCH_MISSES,
  AUTH_CMDS,
  AUTH_ERRORS,
  BYTES_READ,
  BYTES_WRITTEN;

  static final int COUNT = values().length;

  /** The name that {@code stats} gives it. */
  public String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
