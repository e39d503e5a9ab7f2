package dev.flagstone.datanode.execute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.NodeCache;
import dev.flagstone.datanode.testing.TestNode;
import dev.flagstone.testing.CacheBehind;
import dev.flagstone.testing.ModelCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random commands with all that a meta command can ask for, answered by a shard and by a model.
 * Their cas uniques differ, and are translated.
 */
class MetaModelTest {

  private static final int COMMANDS = 15_000;
  private static final int KEYS = 25;

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private final Map<Long, Long> modelCasOf = new HashMap<>();
  private final List<Long> seen = new ArrayList<>();
  private final byte[] bytes = new byte[40_000];
  private final ItemCommand command = new ItemCommand();
  private SplittableRandom random = new SplittableRandom();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void execute_randomCommands_behavesAsTheModel(long seed) {
    random = new SplittableRandom(seed);
    TestNode node = consistent.node(64 << 20, 1).cache(1, 40 << 20);
    NodeCache shard = new NodeCache(node, 1);
    ModelCache model = new ModelCache(node.time.unixSeconds());
    for (int i = 0; i < COMMANDS; i++) {
      try {
        if (random.nextInt(30) == 0) {
          pass(random.nextInt(6), shard, model);
        } else {
          make();
          compare(shard, model);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", command " + i + ": " + e.getMessage(), e);
      }
      if (i % 1000 == 0) {
        node.assertConsistent();
      }
    }
  }

  private void pass(int seconds, CacheBehind... caches) {
    int flush = random.nextInt(40);
    for (CacheBehind cache : caches) {
      cache.advance(seconds);
      if (flush == 0) {
        cache.flush(0);
      }
    }
  }

  private void make() {
    Verb[] verbs = {
      Verb.GET,
      Verb.GET,
      Verb.GET,
      Verb.SET,
      Verb.ADD,
      Verb.CAS,
      Verb.APPEND,
      Verb.PREPEND,
      Verb.DELETE,
      Verb.INCR,
      Verb.DECR,
      Verb.TOUCH
    };
    command.reset(verbs[random.nextInt(verbs.length)]);
    command.bytes = bytes;
    byte[] key = ("k" + random.nextInt(KEYS)).getBytes(ISO_8859_1);
    System.arraycopy(key, 0, bytes, 0, key.length);
    command.keyLength = key.length;
    command.valueOffset = key.length;
    if (command.verb.carriesValue()) {
      command.valueLength = valueLength();
      for (int i = 0; i < command.valueLength; i++) {
        bytes[key.length + i] = (byte) ('0' + random.nextInt(10));
      }
    }
    command.modifiers = modifiers(command.verb);
    command.flags = random.nextInt(3) == 0 ? random.nextInt() : 0;
    command.exptime = random.nextInt(3) == 0 ? random.nextInt(12) - 1 : 0;
    command.createExptime = random.nextInt(3) == 0 ? random.nextInt(12) - 1 : 0;
    command.recacheSeconds = random.nextInt(12);
    command.delta = random.nextInt(1000);
    command.initial = random.nextLong() >>> random.nextInt(64);
    if (random.nextInt(6) == 0) {
      command.newCas = random.nextLong() >>> (1 + random.nextInt(63));
    }
  }

  private int valueLength() {
    return switch (random.nextInt(40)) {
      case 0 -> random.nextInt(30_000);
      case 1, 2, 3, 4, 5, 6 -> random.nextInt(3_000);
      default -> random.nextInt(12);
    };
  }

  private int modifiers(Verb verb) {
    int all =
        switch (verb) {
          case GET ->
              ItemCommand.WANT_VALUE
                  | ItemCommand.WANT_KEY
                  | ItemCommand.WANT_META
                  | ItemCommand.WANT_MARKS
                  | ItemCommand.WIN
                  | ItemCommand.CREATE
                  | ItemCommand.RECACHE
                  | ItemCommand.TOUCH
                  | ItemCommand.NO_ACCESS;
          case CAS -> ItemCommand.INVALIDATE | ItemCommand.WANT_META;
          case DELETE -> ItemCommand.INVALIDATE | ItemCommand.CLEAR_VALUE | ItemCommand.TOUCH;
          case INCR, DECR -> ItemCommand.CREATE | ItemCommand.TOUCH | ItemCommand.WANT_META;
          case APPEND, PREPEND -> ItemCommand.CREATE | ItemCommand.WANT_META;
          case TOUCH -> 0;
          default -> ItemCommand.WANT_META;
        };
    return all & random.nextInt();
  }

  private void compare(NodeCache shard, ModelCache model) {
    long cas = 0;
    boolean mayDemand = command.verb != Verb.GET && command.verb != Verb.TOUCH;
    if (mayDemand && !seen.isEmpty() && (command.verb == Verb.CAS || random.nextInt(5) == 0)) {
      cas = seen.get(Math.max(0, seen.size() - 1 - random.nextInt(40)));
    }
    command.cas = cas;
    ItemReply actual = new ItemReply();
    shard.execute(command, actual);
    command.cas = cas == 0 ? 0 : modelCasOf.getOrDefault(cas, cas);
    ItemReply expected = new ItemReply();
    model.execute(command, expected);
    String what = command + " with modifiers " + Integer.toBinaryString(command.modifiers);
    assertThat(actual.status).as(what).isEqualTo(expected.status);
    assertThat(actual.number).as(what).isEqualTo(expected.number);
    assertThat(text(actual)).as(what).isEqualTo(text(expected));
    boolean isBornDead = actual.cas == 0 && expected.cas != 0;
    if (!isBornDead) {
      assertThat(actual.hasMeta).as(what).isEqualTo(expected.hasMeta);
      if (expected.hasMeta) {
        assertThat(meta(actual)).as(what).isEqualTo(meta(expected));
      }
      assertThat(actual.flags).as(what).isEqualTo(expected.flags);
    }
    if (actual.cas != 0 && actual.cas != command.newCas) {
      Long known = modelCasOf.put(actual.cas, expected.cas);
      assertThat(known == null || known == expected.cas).as("%s: cas unique", what).isTrue();
      if (known == null) {
        seen.add(actual.cas);
      }
    }
    look(shard, model);
  }

  /** Compares what stands under the command's key now, without counting as an access. */
  private void look(NodeCache shard, ModelCache model) {
    int keyLength = command.keyLength;
    command.reset(Verb.GET).keyLength = keyLength;
    command.modifiers =
        ItemCommand.WANT_VALUE
            | ItemCommand.WANT_META
            | ItemCommand.WANT_MARKS
            | ItemCommand.NO_ACCESS;
    ItemReply actual = new ItemReply();
    shard.execute(command, actual);
    ItemReply expected = new ItemReply();
    model.execute(command, expected);
    assertThat(actual.status).isEqualTo(expected.status);
    if (actual.status == Status.HIT) {
      assertThat(text(actual)).isEqualTo(text(expected));
      assertThat(meta(actual)).isEqualTo(meta(expected));
      assertThat(actual.flags).isEqualTo(expected.flags);
      modelCasOf.put(actual.cas, expected.cas);
      seen.add(actual.cas);
    }
  }

  private static String text(ItemReply reply) {
    return reply.hasValue
        + new String(reply.bytes, reply.valueOffset, reply.valueLength, ISO_8859_1);
  }

  private static List<Object> meta(ItemReply reply) {
    return List.of(
        reply.ttlSeconds, reply.lastAccessSeconds, reply.hitBefore, reply.marks, reply.size);
  }
}
