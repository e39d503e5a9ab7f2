package dev.flagstone.proxy.metric;

import java.util.Locale;

/** What a proxy counts of itself. */
public enum ProxyCounter {
  /** Connections accepted. */
  CONNECTIONS("connections accepted"),
  /** Connections refused because of a limit. */
  CONNECTIONS_REFUSED("connections refused because of a limit"),
  /** TLS handshakes, or headers of the PROXY protocol, that failed. */
  HANDSHAKE_FAILURES("TLS handshakes or PROXY headers that failed"),
  /** Connections closed because nothing came by them for too long. */
  IDLE_CLOSES("connections closed because they were idle"),
  /** Commands decoded, a key of a retrieval each. */
  COMMANDS("commands decoded, one per key of a retrieval"),
  /** Malformed, oversized or forbidden commands. */
  REJECTED_COMMANDS("malformed, oversized or forbidden commands"),
  /** Connections closed because of what was sent on them. */
  HOSTILE_CLOSES("connections closed because of what was sent on them"),
  /** Logins that succeeded. */
  LOGINS("logins that succeeded"),
  /** Logins that failed. */
  LOGIN_FAILURES("logins that failed"),
  /** Connections closed because nobody logged in in time. */
  LOGIN_TIMEOUTS("connections closed because nobody logged in in time"),
  /** Logins refused unseen because their source had too many failures waiting. */
  LOGINS_THROTTLED("logins refused because their source failed too often"),
  /** Connections closed because their replies were not taken. */
  SLOW_READERS("connections closed because their replies were not taken"),
  /** Sessions closed because of a bug of ours. */
  SESSION_BUGS("sessions closed because of a bug"),
  /** Batches sent to shards. */
  BATCHES("batches sent to shards"),
  /** Requests in the batches. */
  BATCHED_REQUESTS("requests in the batches"),
  /** Requests refused because a shard's credits were used up. */
  SHED_REQUESTS("requests refused because credits were used up"),
  /** Requests that no shard answered in time. */
  TIMED_OUT_REQUESTS("requests that no shard answered in time"),
  /** Batch replies that came when nobody waited any more. */
  LATE_REPLIES("batch replies that came too late"),
  /** Batch replies that contradicted themselves. */
  MALFORMED_REPLIES("batch replies that contradicted themselves"),
  /** Bytes received from clients. */
  BYTES_READ("bytes received from clients"),
  /** Bytes sent to clients. */
  BYTES_WRITTEN("bytes sent to clients");

  private static final ProxyCounter[] VALUES = values();

  /** The number of counters. */
  static final int COUNT = VALUES.length;

  private final String description;

  ProxyCounter(String description) {
    this.description = description;
  }

  /** The name under which the metric is published. */
  public String metricName() {
    return "flagstone.proxy." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** What is counted, in a few words. */
  public String description() {
    return description;
  }
}
