package dev.flagstone.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.Decimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache as simple as it can be: a map, and memcached's semantics in as few words as they take. It
 * never runs out of memory. Stores are compared to it.
 */
public final class ModelCache {

  /** Bytes are kept as text of ISO 8859-1, which has a character for each. */
  private record Item(String value, int flags, int instant, long cas) {}

  private final Map<String, Item> items = new HashMap<>();
  private long nowSeconds;
  private long flushAtSeconds = Long.MAX_VALUE;
  private long lastCas;

  /** An empty cache at this Unix time. */
  public ModelCache(long nowSeconds) {
    this.nowSeconds = nowSeconds;
  }

  /** Lets time pass. */
  public void advance(long seconds) {
    nowSeconds += seconds;
    if (flushAtSeconds <= nowSeconds) {
      items.clear();
      flushAtSeconds = Long.MAX_VALUE;
    }
    items.values().removeIf(item -> Exptime.isPast(item.instant(), nowSeconds));
  }

  /** How many items can be read. */
  public int size() {
    return items.size();
  }

  /** Forgets all items, now or after {@code delay} (as a client says it). */
  public void flush(int delay) {
    long at = delay <= 0 ? nowSeconds : Integer.toUnsignedLong(Exptime.instant(delay, nowSeconds));
    flushAtSeconds = at;
    advance(0);
  }

  /** Carries out a command about one item. */
  public void execute(ItemCommand command, ItemReply reply) {
    String key = new String(command.bytes, command.keyOffset, command.keyLength, ISO_8859_1);
    Item old = items.get(key);
    if (old != null && command.cas != ItemCommand.NO_CAS && command.cas != old.cas()) {
      reply.reset(Status.EXISTS);
      return;
    }
    switch (command.verb) {
      case GET, GAT -> retrieve(command, key, old, reply);
      case SET, CAS, ADD, REPLACE -> store(command, key, old, reply);
      case APPEND -> extend(command, key, old, true, reply);
      case PREPEND -> extend(command, key, old, false, reply);
      case DELETE -> reply.reset(items.remove(key) == null ? Status.NOT_FOUND : Status.DELETED);
      case INCR, DECR -> count(command, key, old, reply);
      case TOUCH -> {
        reply.reset(old == null ? Status.NOT_FOUND : Status.TOUCHED);
        if (old != null) {
          reply.flags = old.flags();
          reply.cas = old.cas();
          put(key, old.value(), old.flags(), instant(command), old.cas());
        }
      }
      default -> throw new IllegalArgumentException("not about one item: " + command);
    }
  }

  private void retrieve(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    reply.reset(old == null ? Status.MISS : Status.HIT);
    if (old == null) {
      return;
    }
    reply.bytes = (key + old.value()).getBytes(ISO_8859_1);
    reply.keyLength = key.length();
    reply.valueOffset = key.length();
    reply.valueLength = old.value().length();
    reply.hasValue = true;
    reply.flags = old.flags();
    reply.cas = old.cas();
    if (command.verb == Verb.GAT) {
      put(key, old.value(), old.flags(), instant(command), old.cas());
    }
  }

  private void store(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    String value = value(command);
    boolean demandsCas = command.verb == Verb.CAS || command.cas != ItemCommand.NO_CAS;
    if (demandsCas && (old == null || old.cas() != command.cas)) {
      reply.reset(old == null ? Status.NOT_FOUND : Status.EXISTS);
      return;
    }
    if (!demandsCas
        && (command.verb == Verb.ADD ? old != null : command.verb == Verb.REPLACE && old == null)) {
      reply.reset(Status.NOT_STORED);
      return;
    }
    if (!ItemLimits.fits(command.keyLength, value.length())) {
      reply.reset(Status.TOO_LARGE);
      return;
    }
    put(key, value, command.flags, instant(command), ++lastCas);
    reply.reset(Status.STORED).cas = lastCas;
  }

  private void extend(
      ItemCommand command, String key, @Nullable Item old, boolean behind, ItemReply reply) {
    if (old == null) {
      reply.reset(Status.NOT_STORED);
      return;
    }
    String added = value(command);
    String whole = behind ? old.value() + added : added + old.value();
    if (!ItemLimits.fits(command.keyLength, whole.length())) {
      reply.reset(Status.TOO_LARGE);
      return;
    }
    put(key, whole, old.flags(), old.instant(), ++lastCas);
    reply.reset(Status.STORED).cas = lastCas;
  }

  private void count(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    if (old == null && command.wants(ItemCommand.CREATE)) {
      int exptime = Exptime.instant(command.createExptime, nowSeconds);
      put(key, Long.toUnsignedString(command.initial), 0, exptime, ++lastCas);
      reply.reset(Status.COUNTED).number = command.initial;
      reply.cas = lastCas;
      return;
    }
    if (old == null) {
      reply.reset(Status.NOT_FOUND);
      return;
    }
    // A number that gets shorter keeps its length and is filled up with spaces.
    byte[] digits = old.value().stripTrailing().getBytes(ISO_8859_1);
    if (!Decimal.isUnsigned(digits, 0, digits.length)) {
      reply.reset(Status.NON_NUMERIC);
      return;
    }
    long number = Decimal.parse(digits, 0, digits.length);
    if (command.verb == Verb.INCR) {
      number += command.delta;
    } else {
      number = Long.compareUnsigned(number, command.delta) < 0 ? 0 : number - command.delta;
    }
    String counted = Long.toUnsignedString(number);
    String filled = counted + " ".repeat(Math.max(0, old.value().length() - counted.length()));
    put(key, filled, old.flags(), old.instant(), ++lastCas);
    reply.reset(Status.COUNTED).number = number;
    reply.cas = lastCas;
  }

  private void put(String key, String value, int flags, int instant, long cas) {
    items.put(key, new Item(value, flags, instant, cas));
    advance(0);
  }

  private int instant(ItemCommand command) {
    return Exptime.instant(command.exptime, nowSeconds);
  }

  private static String value(ItemCommand command) {
    return new String(command.bytes, command.valueOffset, command.valueLength, ISO_8859_1);
  }
}
