package dev.flagstone.datanode.execute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.TestNode;
import dev.flagstone.item.Exptime;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands in two caches, compared one by one with a model that is a map. */
class ExecutorModelTest {

  private static final int COMMANDS = 12_000;
  private static final int KEYS = 60;
  private static final Verb[] VERBS = Verb.values();

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  /** What the model remembers of an item. */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand
  private record Entry(byte[] value, int flags, int exptime, long cas) {}

  private final Map<String, Entry> model = new HashMap<>();
  private final long[] flushAt = new long[3];
  private SplittableRandom random = new SplittableRandom();
  private TestNode node = consistent.node(4 << 20, 1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void execute_randomCommands_behavesAsTheModel(long seed) {
    random = new SplittableRandom(seed);
    // Room for everything, so that no eviction blurs the comparison.
    node = consistent.node(96 << 20, 2).cache(1, 40 << 20).cache(2, 40 << 20);
    for (int i = 0; i < COMMANDS; i++) {
      try {
        step();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", command " + i + ": " + e.getMessage(), e);
      }
      if (i % 1000 == 0) {
        node.assertConsistent();
        compareAll();
      }
    }
    compareAll();
  }

  private void step() {
    int cache = 1 + random.nextInt(2);
    int choice = random.nextInt(100);
    if (choice < 3) {
      node.time.advanceSeconds(random.nextInt(8));
      expireModel();
      node.turn();
    } else if (choice == 3 && random.nextInt(4) == 0) {
      int delay = random.nextInt(2) * random.nextInt(10);
      node.everywhere(Verb.FLUSH, cache, delay);
      flushAt[cache] = node.time.unixSeconds() + delay;
      expireModel();
    } else {
      command(cache, VERBS[random.nextInt(Verb.FLUSH.ordinal())]);
    }
  }

  private void expireModel() {
    long now = node.time.unixSeconds();
    for (int cache = 1; cache <= 2; cache++) {
      if (flushAt[cache] != 0 && flushAt[cache] <= now) {
        String prefix = cache + ":";
        model.keySet().removeIf(key -> key.startsWith(prefix));
        flushAt[cache] = 0;
      }
    }
    model.values().removeIf(entry -> Exptime.isPast(entry.exptime, now));
  }

  private int size() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(8000);
      case 1 -> 1300 + random.nextInt(100);
      case 2 -> random.nextInt(50) == 0 ? (1 << 20) - random.nextInt(40) : 60_000;
      default -> random.nextInt(120);
    };
  }

  private byte[] value() {
    if (random.nextInt(3) == 0) {
      return Long.toUnsignedString(random.nextLong() >>> random.nextInt(64)).getBytes(ISO_8859_1);
    }
    byte[] value = new byte[size()];
    Arrays.fill(value, (byte) ('a' + random.nextInt(26)));
    if (value.length > 0) {
      value[random.nextInt(value.length)] = (byte) random.nextInt();
    }
    return value;
  }

  private void command(int cache, Verb verb) {
    String name = "key" + random.nextInt(KEYS);
    String path = cache + ":" + name;
    byte[] key = name.getBytes(ISO_8859_1);
    byte[] value = verb.carriesValue() ? value() : new byte[0];
    Entry old = model.get(path);
    ItemCommand command = node.command(verb);
    command.modifiers = ItemCommand.WANT_VALUE;
    command.flags = random.nextInt(3) == 0 ? random.nextInt() : 0;
    command.exptime = random.nextInt(4) == 0 ? random.nextInt(12) - 1 : 0;
    command.delta = random.nextLong() >>> random.nextInt(64);
    if (random.nextInt(4) == 0 && (verb == Verb.INCR || verb == Verb.DECR)) {
      command.modifiers |= ItemCommand.CREATE;
      command.initial = random.nextLong() >>> random.nextInt(64);
      command.createExptime = random.nextInt(12) - 1;
    }
    if (verb == Verb.CAS || random.nextInt(20) == 0) {
      command.cas = old != null && random.nextBoolean() ? old.cas : 1 + random.nextInt(100);
    }
    int instant = Exptime.instant(command.exptime, node.time.unixSeconds());
    ItemReply reply = node.execute(cache, key, value);
    Status expected =
        verb.carriesValue()
            ? store(path, old, command, instant, value)
            : other(path, old, command, instant);
    assertThat(reply.status).as("%s of %s bytes", command, value.length).isEqualTo(expected);
    if (reply.status == Status.HIT) {
      compare(old, reply);
    }
    Entry now = model.get(path);
    if (now != null && reply.cas != 0) {
      model.put(path, new Entry(now.value, now.flags, now.exptime, reply.cas));
    }
    expireModel();
  }

  private Status store(
      String path, @Nullable Entry old, ItemCommand command, int instant, byte[] value) {
    if (old == null) {
      boolean mayCreate = command.verb == Verb.SET || command.verb == Verb.ADD;
      if (command.verb == Verb.APPEND || command.verb == Verb.PREPEND) {
        return Status.NOT_STORED;
      }
      if (command.cas != 0) {
        return Status.NOT_FOUND;
      }
      if (!mayCreate) {
        return Status.NOT_STORED;
      }
    } else if (command.cas != 0 && command.cas != old.cas) {
      return Status.EXISTS;
    } else if (command.verb == Verb.ADD && command.cas == 0) {
      return Status.NOT_STORED;
    }
    Entry made = new Entry(value, command.flags, instant, 0);
    if (old != null && (command.verb == Verb.APPEND || command.verb == Verb.PREPEND)) {
      boolean behind = command.verb == Verb.APPEND;
      byte[] joined = behind ? join(old.value, value) : join(value, old.value);
      if (joined.length + command.keyLength > 1 << 20) {
        return Status.TOO_LARGE;
      }
      made = new Entry(joined, old.flags, old.exptime, 0);
    } else if (value.length + command.keyLength > 1 << 20) {
      if (command.verb == Verb.SET) {
        model.remove(path);
      }
      return Status.TOO_LARGE;
    }
    model.put(path, made);
    return Status.STORED;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private Status other(String path, @Nullable Entry old, ItemCommand command, int instant) {
    if (old == null && command.wants(ItemCommand.CREATE)) {
      byte[] digits = Long.toUnsignedString(command.initial).getBytes(ISO_8859_1);
      int made = Exptime.instant(command.createExptime, node.time.unixSeconds());
      model.put(path, new Entry(digits, 0, made, 0));
      return Status.COUNTED;
    }
    if (old == null) {
      return command.verb.isRetrieval() ? Status.MISS : Status.NOT_FOUND;
    }
    boolean differs = command.cas != 0 && command.cas != old.cas;
    return switch (command.verb) {
      case GET -> Status.HIT;
      case GAT, TOUCH -> {
        model.put(path, new Entry(old.value, old.flags, instant, old.cas));
        yield command.verb == Verb.GAT ? Status.HIT : Status.TOUCHED;
      }
      case DELETE -> {
        if (!differs) {
          model.remove(path);
        }
        yield differs ? Status.EXISTS : Status.DELETED;
      }
      default -> differs ? Status.EXISTS : count(path, old, command);
    };
  }

  private Status count(String path, Entry old, ItemCommand command) {
    String text = new String(old.value, ISO_8859_1);
    if (!text.matches("[0-9]{1,20} *") || text.length() > 20) {
      return Status.NON_NUMERIC;
    }
    BigInteger wrap = BigInteger.ONE.shiftLeft(64);
    BigInteger number = new BigInteger(text.trim());
    if (number.compareTo(wrap) >= 0) {
      return Status.NON_NUMERIC;
    }
    BigInteger delta = new BigInteger(Long.toUnsignedString(command.delta));
    number =
        command.verb == Verb.INCR
            ? number.add(delta).mod(wrap)
            : number.subtract(delta).max(BigInteger.ZERO);
    StringBuilder digits = new StringBuilder(number.toString());
    while (digits.length() < text.length()) {
      digits.append(' ');
    }
    byte[] value = digits.toString().getBytes(ISO_8859_1);
    model.put(path, new Entry(value, old.flags, old.exptime, 0));
    return Status.COUNTED;
  }

  private void compare(@Nullable Entry entry, ItemReply reply) {
    assertThat(entry).isNotNull();
    assertThat(reply.flags).isEqualTo(entry.flags);
    assertThat(reply.cas).isEqualTo(entry.cas);
    assertThat(Arrays.equals(node.value(), entry.value)).as("the value").isTrue();
  }

  private void compareAll() {
    for (int cache = 1; cache <= 2; cache++) {
      for (int i = 0; i < KEYS; i++) {
        String name = "key" + i;
        node.command(Verb.GET).modifiers = ItemCommand.WANT_VALUE;
        ItemReply reply = node.execute(cache, name.getBytes(ISO_8859_1), new byte[0]);
        Entry entry = model.get(cache + ":" + name);
        assertThat(reply.status == Status.HIT).isEqualTo(entry != null);
        if (entry != null) {
          compare(entry, reply);
        }
      }
      String prefix = cache + ":";
      // Every key was just read, so nothing that is expired is left to be counted.
      assertThat(node.stat(cache, StatCounter.CURR_ITEMS))
          .isEqualTo(model.keySet().stream().filter(key -> key.startsWith(prefix)).count());
    }
  }
}
