package dev.flagstone.proxy.session;

import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.proxy.metric.CacheTraffic;
import dev.flagstone.proxy.metric.TrafficCounter;

/** Counts commands as memcached does: by what was asked and how it ended. */
final class ItemTraffic {

  private ItemTraffic() {}

  static void count(CacheTraffic traffic, Verb verb, Status status) {
    switch (verb) {
      case GET -> get(traffic, status);
      case GAT -> {
        traffic.count(TrafficCounter.CMD_TOUCH);
        get(traffic, status);
        touch(traffic, status == Status.HIT);
      }
      case SET, ADD, REPLACE, APPEND, PREPEND -> traffic.count(TrafficCounter.CMD_SET);
      case CAS -> cas(traffic, status);
      case DELETE -> {
        traffic.count(TrafficCounter.CMD_DELETE);
        hitOrMiss(
            traffic,
            status == Status.DELETED,
            TrafficCounter.DELETE_HITS,
            TrafficCounter.DELETE_MISSES);
      }
      case INCR ->
          hitOrMiss(
              traffic,
              status == Status.COUNTED,
              TrafficCounter.INCR_HITS,
              TrafficCounter.INCR_MISSES);
      case DECR ->
          hitOrMiss(
              traffic,
              status == Status.COUNTED,
              TrafficCounter.DECR_HITS,
              TrafficCounter.DECR_MISSES);
      case TOUCH -> {
        traffic.count(TrafficCounter.CMD_TOUCH);
        touch(traffic, status == Status.TOUCHED);
      }
      case FLUSH, STATS, RESET_STATS -> {}
    }
  }

  private static void get(CacheTraffic traffic, Status status) {
    traffic.count(TrafficCounter.CMD_GET);
    hitOrMiss(traffic, status == Status.HIT, TrafficCounter.GET_HITS, TrafficCounter.GET_MISSES);
  }

  private static void touch(CacheTraffic traffic, boolean hit) {
    hitOrMiss(traffic, hit, TrafficCounter.TOUCH_HITS, TrafficCounter.TOUCH_MISSES);
  }

  private static void cas(CacheTraffic traffic, Status status) {
    traffic.count(TrafficCounter.CMD_SET);
    switch (status) {
      case STORED -> traffic.count(TrafficCounter.CAS_HITS);
      case EXISTS -> traffic.count(TrafficCounter.CAS_BADVAL);
      case NOT_FOUND -> traffic.count(TrafficCounter.CAS_MISSES);
      default -> {}
    }
  }

  private static void hitOrMiss(
      CacheTraffic traffic, boolean hit, TrafficCounter hits, TrafficCounter misses) {
    traffic.count(hit ? hits : misses);
  }
}
