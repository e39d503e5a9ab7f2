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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache as simple as it can be: a map, and memcached's semantics in as few words as they take. It
 * never runs out of memory. Stores are compared to it.
 */
public final class ModelCache implements CacheBehind {

  /** What stands under a key. */
  private static final class Item {

    /** Bytes are kept as text of ISO 8859-1, which has a character for each. */
    private String value = "";

    private int flags;
    private int instant;
    private long cas;
    private boolean stale;
    private boolean sent;
    private boolean fetched;
    private long accessedSeconds;
  }

  private final Map<String, Item> items = new HashMap<>();
  private long nowSeconds;
  private long flushAtSeconds = Long.MAX_VALUE;
  private long lastCas;

  /** An empty cache at this Unix time. */
  public ModelCache(long nowSeconds) {
    this.nowSeconds = nowSeconds;
    this.lastCas = (nowSeconds * 1000) << 12;
  }

  @Override
  public void advance(long seconds) {
    nowSeconds += seconds;
    if (flushAtSeconds <= nowSeconds) {
      items.clear();
      flushAtSeconds = Long.MAX_VALUE;
    }
    items.values().removeIf(item -> Exptime.isPast(item.instant, nowSeconds));
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public void flush(int delay) {
    long at = delay <= 0 ? nowSeconds : Integer.toUnsignedLong(Exptime.instant(delay, nowSeconds));
    flushAtSeconds = at;
    advance(0);
  }

  @Override
  public void execute(ItemCommand command, ItemReply reply) {
    String key = new String(command.bytes, command.keyOffset, command.keyLength, ISO_8859_1);
    Item old = items.get(key);
    boolean differs = old != null && command.cas != ItemCommand.NO_CAS && command.cas != old.cas;
    if (differs && !mayBeOlder(command, old)) {
      reply.reset(Status.EXISTS);
      return;
    }
    switch (command.verb) {
      case GET, GAT -> retrieve(command, key, old, reply);
      case SET, CAS, ADD, REPLACE -> store(command, key, old, reply);
      case APPEND, PREPEND -> extend(command, key, old, reply);
      case DELETE -> delete(command, key, old, reply);
      case INCR, DECR -> count(command, key, old, reply);
      case TOUCH -> {
        reply.reset(old == null ? Status.NOT_FOUND : Status.TOUCHED);
        if (old != null) {
          reply.flags = old.flags;
          reply.cas = old.cas;
          old.instant = instant(command.exptime);
        }
      }
      default -> throw new IllegalArgumentException("not about one item: " + command);
    }
    advance(0);
  }

  private static boolean mayBeOlder(ItemCommand command, @Nullable Item old) {
    return old != null
        && command.verb == Verb.CAS
        && command.wants(ItemCommand.INVALIDATE)
        && Long.compareUnsigned(command.cas, old.cas) < 0;
  }

  private void retrieve(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    boolean creates = old == null && command.wants(ItemCommand.CREATE);
    if (old == null && !creates) {
      reply.reset(Status.MISS);
      return;
    }
    Item item = old != null ? old : put(key, command, "", 0, instant(command.createExptime));
    reply.reset(Status.HIT);
    reply.lastAccessSeconds = (int) (nowSeconds - item.accessedSeconds);
    reply.hitBefore = item.fetched;
    boolean due =
        command.wants(ItemCommand.RECACHE)
            && item.instant != Exptime.NEVER
            && Integer.compareUnsigned(item.instant, instant(command.recacheSeconds)) < 0;
    boolean wins = creates || due || (item.stale && command.wants(ItemCommand.WIN));
    boolean won = wins && !item.sent;
    reply.marks =
        (item.sent ? ItemReply.SENT : 0)
            | (item.stale ? ItemReply.STALE : 0)
            | (won ? ItemReply.WON : 0);
    item.sent |= won;
    if (!creates && (command.verb == Verb.GAT || command.wants(ItemCommand.TOUCH))) {
      item.instant = instant(command.exptime);
    }
    if (!command.wants(ItemCommand.NO_ACCESS)) {
      item.fetched = true;
      item.accessedSeconds = nowSeconds;
    }
    reply.bytes = (key + item.value).getBytes(ISO_8859_1);
    if (command.wants(ItemCommand.WANT_KEY)) {
      reply.keyLength = key.length();
    }
    if (command.wants(ItemCommand.WANT_VALUE)) {
      reply.valueOffset = key.length();
      reply.valueLength = item.value.length();
      reply.hasValue = true;
    }
    reply.flags = item.flags;
    reply.cas = item.cas;
    reply.hasMeta = reply.marks != 0 && command.wants(ItemCommand.WANT_MARKS);
    tell(command, item, reply);
  }

  /** Tells what {@link ItemCommand#WANT_META} and {@link ItemCommand#WANT_PLACE} ask for. */
  private void tell(ItemCommand command, Item item, ItemReply reply) {
    if (command.wants(ItemCommand.WANT_META)) {
      reply.hasMeta = true;
      long left = Integer.toUnsignedLong(item.instant) - nowSeconds;
      reply.ttlSeconds =
          item.instant == Exptime.NEVER ? ItemReply.NEVER_EXPIRES : (int) Math.max(0, left);
      reply.size = item.value.length();
    }
    if (command.wants(ItemCommand.WANT_PLACE)) {
      reply.number = 1L << Integer.SIZE | item.value.length();
    }
  }

  private void store(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    boolean demandsCas = command.verb == Verb.CAS || command.cas != ItemCommand.NO_CAS;
    boolean older = mayBeOlder(command, old) && command.cas != ItemCommand.NO_CAS;
    if (demandsCas && (old == null || (old.cas != command.cas && !older))) {
      reply.reset(old == null ? Status.NOT_FOUND : Status.EXISTS);
      return;
    }
    if (!demandsCas
        && (command.verb == Verb.ADD ? old != null : command.verb == Verb.REPLACE && old == null)) {
      reply.reset(Status.NOT_STORED);
      return;
    }
    String value = value(command);
    if (!ItemLimits.fits(command.keyLength, value.length())) {
      reply.reset(Status.TOO_LARGE);
      return;
    }
    int instant = old != null && older ? old.instant : instant(command.exptime);
    boolean sent = old != null && older && old.sent;
    Item item = put(key, command, value, command.flags, instant);
    item.stale = older;
    item.sent = sent;
    stored(command, item, reply);
  }

  private void stored(ItemCommand command, Item item, ItemReply reply) {
    reply.reset(Status.STORED);
    reply.cas = item.cas;
    tell(command, item, reply);
  }

  private void extend(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    if (old == null && !command.wants(ItemCommand.CREATE)) {
      reply.reset(Status.NOT_STORED);
      return;
    }
    String added = value(command);
    String before = old == null ? "" : old.value;
    String whole = command.verb == Verb.APPEND ? before + added : added + before;
    if (!ItemLimits.fits(command.keyLength, whole.length())) {
      reply.reset(Status.TOO_LARGE);
      return;
    }
    Item item =
        old == null
            ? put(key, command, whole, command.flags, instant(command.createExptime))
            : put(key, command, whole, old.flags, old.instant);
    stored(command, item, reply);
  }

  private void delete(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    reply.reset(old == null ? Status.NOT_FOUND : Status.DELETED);
    if (old == null) {
      return;
    }
    boolean clears = command.wants(ItemCommand.CLEAR_VALUE);
    boolean touches = command.wants(ItemCommand.TOUCH);
    if (!clears && !command.wants(ItemCommand.INVALIDATE)) {
      items.remove(key);
      return;
    }
    if (clears) {
      long cas = old.cas;
      Item item = put(key, command, "", command.flags, Exptime.NEVER);
      item.cas = command.newCas != 0 ? command.newCas : cas;
    }
    Item item = Objects.requireNonNull(items.get(key));
    if (touches) {
      item.instant = instant(command.exptime);
    }
    if (command.wants(ItemCommand.INVALIDATE)) {
      item.stale = true;
      item.sent = false;
      item.cas = newCas(command);
    }
  }

  private void count(ItemCommand command, String key, @Nullable Item old, ItemReply reply) {
    if (old == null && !command.wants(ItemCommand.CREATE)) {
      reply.reset(Status.NOT_FOUND);
      return;
    }
    if (old == null) {
      String digits = Long.toUnsignedString(command.initial);
      Item made = put(key, command, digits, 0, instant(command.createExptime));
      counted(command, made, command.initial, reply);
      return;
    }
    byte[] digits = old.value.stripTrailing().getBytes(ISO_8859_1);
    if (old.value.length() > Decimal.MAX_DIGITS || !Decimal.isUnsigned(digits, 0, digits.length)) {
      reply.reset(Status.NON_NUMERIC);
      return;
    }
    long number = Decimal.parse(digits, 0, digits.length);
    if (command.verb == Verb.INCR) {
      number += command.delta;
    } else {
      number = Long.compareUnsigned(number, command.delta) < 0 ? 0 : number - command.delta;
    }
    StringBuilder value = new StringBuilder(Long.toUnsignedString(number));
    while (value.length() < old.value.length()) {
      value.append(' ');
    }
    old.value = value.toString();
    old.cas = newCas(command);
    old.accessedSeconds = nowSeconds;
    if (command.wants(ItemCommand.TOUCH)) {
      old.instant = instant(command.exptime);
    }
    counted(command, old, number, reply);
  }

  private void counted(ItemCommand command, Item item, long number, ItemReply reply) {
    reply.reset(Status.COUNTED);
    reply.number = number;
    reply.cas = item.cas;
    tell(command, item, reply);
  }

  private Item put(String key, ItemCommand command, String value, int flags, int instant) {
    Item item = new Item();
    item.value = value;
    item.flags = flags;
    item.instant = instant;
    item.cas = newCas(command);
    item.accessedSeconds = nowSeconds;
    items.put(key, item);
    return item;
  }

  private long newCas(ItemCommand command) {
    return command.newCas != 0 ? command.newCas : ++lastCas;
  }

  private int instant(int exptime) {
    return Exptime.instant(exptime, nowSeconds);
  }

  private static String value(ItemCommand command) {
    return new String(command.bytes, command.valueOffset, command.valueLength, ISO_8859_1);
  }
}
