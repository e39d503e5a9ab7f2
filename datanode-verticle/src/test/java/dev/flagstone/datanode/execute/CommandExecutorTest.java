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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandExecutorTest {

  private static final int CACHE = 1;
  private static final int OTHER = 2;
  private static final byte[] KEY = {'k'};
  private static final byte[] NOTHING = {};

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private final TestNode node =
      consistent.node(16 << 20, 2).cache(CACHE, 6 << 20).cache(OTHER, 6 << 20);

  private ItemReply get() {
    node.command(Verb.GET).modifiers = ItemCommand.WANT_VALUE;
    return node.execute(CACHE, KEY, NOTHING);
  }

  private ItemReply store(Verb verb, String value, int flags, int exptime, long cas) {
    ItemCommand command = node.command(verb);
    command.flags = flags;
    command.exptime = exptime;
    command.cas = cas;
    return node.execute(CACHE, KEY, value.getBytes(ISO_8859_1));
  }

  private ItemReply count(Verb verb, long delta) {
    node.command(verb).delta = delta;
    return node.execute(CACHE, KEY, NOTHING);
  }

  @Test
  void get_afterSet_hasValueFlagsAndTheCasOfTheSet() {
    long cas = store(Verb.SET, "value", -5, 0, 0).cas;
    ItemReply reply = get();
    assertThat(reply.status).isEqualTo(Status.HIT);
    assertThat(reply.flags).isEqualTo(-5);
    assertThat(reply.cas).isEqualTo(cas).isPositive().isLessThan(1L << 53);
    assertThat(node.value()).isEqualTo("value".getBytes(ISO_8859_1));
  }

  @Test
  void get_withoutWants_carriesNeitherKeyNorValue() {
    node.set(CACHE, "k", "value");
    node.command(Verb.GET);
    ItemReply reply = node.execute(CACHE, KEY, NOTHING);
    assertThat(reply.status).isEqualTo(Status.HIT);
    assertThat(reply.hasValue).isFalse();
    assertThat(reply.keyLength).isZero();
  }

  @Test
  void get_wantsKey_carriesIt() {
    node.set(CACHE, "k", "");
    node.command(Verb.GET).modifiers = ItemCommand.WANT_KEY | ItemCommand.WANT_VALUE;
    ItemReply reply = node.execute(CACHE, KEY, NOTHING);
    assertThat(reply.keyLength).isEqualTo(1);
    assertThat(reply.bytes[reply.keyOffset]).isEqualTo((byte) 'k');
    assertThat(reply.hasValue).isTrue();
    assertThat(reply.valueLength).isZero();
  }

  @Test
  void conditions_withoutAndWithItem_areMemcacheds() {
    assertThat(node.status(Verb.REPLACE, CACHE, "k", "a")).isEqualTo(Status.NOT_STORED);
    assertThat(node.status(Verb.APPEND, CACHE, "k", "a")).isEqualTo(Status.NOT_STORED);
    assertThat(node.status(Verb.PREPEND, CACHE, "k", "a")).isEqualTo(Status.NOT_STORED);
    assertThat(node.status(Verb.CAS, CACHE, "k", "a")).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(Verb.DELETE, CACHE, "k", "")).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(Verb.TOUCH, CACHE, "k", "")).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(Verb.INCR, CACHE, "k", "")).isEqualTo(Status.NOT_FOUND);
    assertThat(node.get(CACHE, "k")).isEqualTo("(miss)");
    assertThat(node.status(Verb.ADD, CACHE, "k", "a")).isEqualTo(Status.STORED);
    assertThat(node.status(Verb.ADD, CACHE, "k", "b")).isEqualTo(Status.NOT_STORED);
    assertThat(node.status(Verb.REPLACE, CACHE, "k", "c")).isEqualTo(Status.STORED);
    assertThat(node.get(CACHE, "k")).isEqualTo("c");
    assertThat(node.status(Verb.DELETE, CACHE, "k", "")).isEqualTo(Status.DELETED);
    assertThat(node.get(CACHE, "k")).isEqualTo("(miss)");
  }

  @Test
  void join_keepsFlagsAndExptimeAndChangesCas() {
    long cas = store(Verb.SET, "mid", 7, 100, 0).cas;
    assertThat(store(Verb.APPEND, "-end", 1, 1, 0).cas).isGreaterThan(cas);
    assertThat(store(Verb.PREPEND, "start-", 1, 1, 0).status).isEqualTo(Status.STORED);
    assertThat(get().flags).isEqualTo(7);
    assertThat(node.value()).isEqualTo("start-mid-end".getBytes(ISO_8859_1));
    node.time.advanceSeconds(99);
    assertThat(get().status).isEqualTo(Status.HIT);
    node.time.advanceSeconds(1);
    assertThat(get().status).isEqualTo(Status.MISS);
  }

  @Test
  void cas_matchesOrNot() {
    long cas = store(Verb.SET, "a", 0, 0, 0).cas;
    assertThat(store(Verb.CAS, "b", 0, 0, cas + 1).status).isEqualTo(Status.EXISTS);
    assertThat(store(Verb.CAS, "b", 0, 0, 0).status).isEqualTo(Status.EXISTS);
    long next = store(Verb.CAS, "b", 0, 0, cas).cas;
    assertThat(next).isGreaterThan(cas);
    assertThat(store(Verb.CAS, "c", 0, 0, cas).status).isEqualTo(Status.EXISTS);
    assertThat(node.get(CACHE, "k")).isEqualTo("b");
  }

  @Test
  void casOnOtherVerbs_isDemandedWhereNonzero() {
    assertThat(store(Verb.SET, "a", 0, 0, 5).status).isEqualTo(Status.NOT_FOUND);
    long cas = store(Verb.SET, "1", 0, 0, 0).cas;
    for (Verb verb : new Verb[] {Verb.SET, Verb.ADD, Verb.REPLACE, Verb.APPEND, Verb.PREPEND}) {
      assertThat(store(verb, "x", 0, 0, cas + 9).status).as("%s", verb).isEqualTo(Status.EXISTS);
    }
    for (Verb verb : new Verb[] {Verb.DELETE, Verb.INCR}) {
      node.command(verb).cas = cas + 9;
      assertThat(node.execute(CACHE, KEY, NOTHING).status).isEqualTo(Status.EXISTS);
    }
    assertThat(store(Verb.REPLACE, "2", 0, 0, cas).status).isEqualTo(Status.STORED);
    long last = get().cas;
    node.command(Verb.DELETE).cas = last;
    assertThat(node.execute(CACHE, KEY, NOTHING).status).isEqualTo(Status.DELETED);
  }

  @ParameterizedTest
  @CsvSource({
    "10, DECR, 1, 9, '9 '",
    "'9 ', INCR, 1, 10, 10",
    "'1 ', INCR, 1, 2, '2 '",
    "99, INCR, 1, 100, 100",
    "5, DECR, 9, 0, 0",
    "0, INCR, 0, 0, 0",
    "007, INCR, 1, 8, '8  '",
    "18446744073709551615, INCR, 1, 0, '0                   '",
    "18446744073709551614, INCR, 1, -1, 18446744073709551615",
    "18446744073709551615, DECR, 15, -16, 18446744073709551600",
  })
  void count_numbers_wrapStopAndKeepTheirLength(
      String before, Verb verb, long delta, long number, String after) {
    long cas = store(Verb.SET, before, 3, 100, 0).cas;
    ItemReply reply = count(verb, delta);
    assertThat(reply.status).isEqualTo(Status.COUNTED);
    assertThat(reply.number).isEqualTo(number);
    assertThat(reply.cas).isGreaterThan(cas);
    assertThat(get().flags).isEqualTo(3);
    assertThat(new String(node.value(), ISO_8859_1)).isEqualTo(after);
    node.time.advanceSeconds(100);
    assertThat(get().status).isEqualTo(Status.MISS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1x",
        " 1",
        "-1",
        "1 2",
        " ",
        "18446744073709551616",
        "123456789012345678901"
      })
  void count_otherValues_areNonNumericAndStay(String value) {
    store(Verb.SET, value, 0, 0, 0);
    assertThat(count(Verb.INCR, 1).status).isEqualTo(Status.NON_NUMERIC);
    assertThat(node.get(CACHE, "k")).isEqualTo(value);
  }

  private ItemReply countOrBegin(Verb verb, long initial, int createExptime, long cas) {
    ItemCommand command = node.command(verb);
    command.modifiers = ItemCommand.CREATE;
    command.delta = 5;
    command.initial = initial;
    command.createExptime = createExptime;
    command.cas = cas;
    return node.execute(CACHE, KEY, NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"INCR, 15", "DECR, 5"})
  void count_missingWithCreate_beginsAtInitialAndThenCounts(Verb verb, long next) {
    ItemReply begun = countOrBegin(verb, 10, 100, 0);
    assertThat(begun.status).isEqualTo(Status.COUNTED);
    assertThat(begun.number).isEqualTo(10);
    assertThat(begun.cas).isPositive();
    assertThat(get().flags).isZero();
    assertThat(node.get(CACHE, "k")).isEqualTo("10");
    assertThat(countOrBegin(verb, 99, 0, 0).number).isEqualTo(next);
    node.time.advanceSeconds(100);
    assertThat(get().status).as("the exptime of its creation").isEqualTo(Status.MISS);
  }

  @Test
  void count_createWithCas_isHinderedByAnItemOnly() {
    ItemReply begun = countOrBegin(Verb.INCR, -1, 0, 77);
    assertThat(begun.number).isEqualTo(-1);
    assertThat(node.get(CACHE, "k")).isEqualTo("18446744073709551615");
    assertThat(countOrBegin(Verb.INCR, 0, 0, 77).status).isEqualTo(Status.EXISTS);
    assertThat(countOrBegin(Verb.INCR, 0, 0, get().cas).number).isEqualTo(4);
  }

  @Test
  void count_createWithPastExptime_tellsTheInitialAndMakesNothing() {
    ItemReply reply = countOrBegin(Verb.DECR, 10, -1, 0);
    assertThat(reply.status).isEqualTo(Status.COUNTED);
    assertThat(reply.number).isEqualTo(10);
    assertThat(get().status).isEqualTo(Status.MISS);
  }

  @Test
  void touch_tellsFlagsAndCas() {
    long cas = store(Verb.SET, "value", 9, 0, 0).cas;
    node.command(Verb.TOUCH).exptime = 10;
    ItemReply reply = node.execute(CACHE, KEY, NOTHING);
    assertThat(reply.status).isEqualTo(Status.TOUCHED);
    assertThat(reply.flags).isEqualTo(9);
    assertThat(reply.cas).isEqualTo(cas);
  }

  @Test
  void exptime_ofAllKinds_followsTheRules() {
    long now = node.time.unixSeconds();
    store(Verb.SET, "a", 0, 10, 0);
    node.time.advanceSeconds(9);
    assertThat(get().status).isEqualTo(Status.HIT);
    node.time.advanceSeconds(1);
    assertThat(get().status).isEqualTo(Status.MISS);
    store(Verb.SET, "a", 0, (int) now + 20, 0);
    node.time.advanceSeconds(9);
    assertThat(get().status).isEqualTo(Status.HIT);
    node.time.advanceSeconds(1);
    assertThat(get().status).isEqualTo(Status.MISS);
    store(Verb.SET, "old", 0, 0, 0);
    assertThat(store(Verb.SET, "a", 0, -1, 0).status).isEqualTo(Status.STORED);
    assertThat(get().status).isEqualTo(Status.MISS);
  }

  @Test
  void touchAndGat_changeTheExptimeOnly() {
    long cas = store(Verb.SET, "value", 9, 0, 0).cas;
    node.command(Verb.TOUCH).exptime = 10;
    assertThat(node.execute(CACHE, KEY, NOTHING).status).isEqualTo(Status.TOUCHED);
    node.time.advanceSeconds(9);
    ItemCommand gat = node.command(Verb.GAT);
    gat.exptime = 20;
    gat.modifiers = ItemCommand.WANT_VALUE;
    ItemReply reply = node.execute(CACHE, KEY, NOTHING);
    assertThat(reply.status).isEqualTo(Status.HIT);
    assertThat(reply.cas).isEqualTo(cas);
    assertThat(reply.flags).isEqualTo(9);
    assertThat(node.value()).isEqualTo("value".getBytes(ISO_8859_1));
    node.time.advanceSeconds(19);
    assertThat(get().status).isEqualTo(Status.HIT);
    node.command(Verb.TOUCH).exptime = 0;
    node.execute(CACHE, KEY, NOTHING);
    node.time.advanceSeconds(1000);
    assertThat(get().status).isEqualTo(Status.HIT);
    node.command(Verb.TOUCH).exptime = -1;
    node.execute(CACHE, KEY, NOTHING);
    assertThat(get().status).isEqualTo(Status.MISS);
  }

  @Test
  void set_upToOneMebibyteOfKeyAndValue_isStoredAndNoMore() {
    byte[] value = new byte[(1 << 20) - 1];
    value[value.length - 1] = 5;
    assertThat(node.set(CACHE, KEY, value)).isEqualTo(Status.STORED);
    assertThat(get().valueLength).isEqualTo(value.length);
    assertThat(node.value()).isEqualTo(value);
    assertThat(node.set(CACHE, KEY, new byte[1 << 20])).isEqualTo(Status.TOO_LARGE);
    assertThat(get().status).as("no stale value stays").isEqualTo(Status.MISS);
  }

  @Test
  void append_beyondTheLimit_isRefusedAndKeepsTheItem() {
    byte[] value = new byte[(1 << 20) - 2];
    node.set(CACHE, KEY, value);
    assertThat(node.status(Verb.APPEND, CACHE, "k", "ab")).isEqualTo(Status.TOO_LARGE);
    assertThat(node.status(Verb.APPEND, CACHE, "k", "a")).isEqualTo(Status.STORED);
    assertThat(get().valueLength).isEqualTo((1 << 20) - 1);
  }

  @Test
  void flush_now_emptiesThisCacheOnly() {
    for (int i = 0; i < 100; i++) {
      node.set(CACHE, "k" + i, "v");
      node.set(OTHER, "k" + i, "w");
    }
    node.everywhere(Verb.FLUSH, CACHE, 0);
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isZero();
    assertThat(node.stat(CACHE, StatCounter.BYTES)).isZero();
    assertThat(node.stat(OTHER, StatCounter.CURR_ITEMS)).isEqualTo(100);
    assertThat(node.get(CACHE, "k5")).isEqualTo("(miss)");
    assertThat(node.get(OTHER, "k5")).isEqualTo("w");
    node.set(CACHE, "k5", "new");
    assertThat(node.get(CACHE, "k5")).isEqualTo("new");
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(1);
  }

  @Test
  void flush_later_takesWhatWasStoredBeforeItsSecond() {
    node.set(CACHE, "before", "v");
    node.everywhere(Verb.FLUSH, CACHE, 10);
    node.set(CACHE, "between", "v");
    node.time.advanceSeconds(9);
    assertThat(node.get(CACHE, "before")).isEqualTo("v");
    node.time.advanceSeconds(1);
    node.set(CACHE, "after", "v");
    assertThat(node.get(CACHE, "before")).isEqualTo("(miss)");
    assertThat(node.get(CACHE, "between")).isEqualTo("(miss)");
    assertThat(node.get(CACHE, "after")).isEqualTo("v");
  }

  @Test
  void resetStats_setsEventCountersBackAndKeepsItems() {
    node.set(CACHE, "a", "v");
    assertThat(node.stat(CACHE, StatCounter.TOTAL_ITEMS)).isEqualTo(1);
    node.everywhere(Verb.RESET_STATS, CACHE, 0);
    assertThat(node.stat(CACHE, StatCounter.TOTAL_ITEMS)).isZero();
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(1);
  }

  @Test
  void execute_unknownCache_isUnavailable() {
    assertThat(node.set(99, "a", "v")).isEqualTo(Status.UNAVAILABLE);
  }

  @Test
  void execute_deletedCache_isUnavailableAndItsItemsGoAway() {
    for (int i = 0; i < 5000; i++) {
      node.set(CACHE, "k" + i, "v");
    }
    node.set(OTHER, "k", "w");
    node.removeCache(CACHE);
    assertThat(node.set(CACHE, "k", "v")).isEqualTo(Status.UNAVAILABLE);
    for (int i = 0; i < 10; i++) {
      node.turn();
    }
    assertThat(node.store(0).itemCount() + node.store(1).itemCount()).isEqualTo(1);
    assertThat(node.get(OTHER, "k")).isEqualTo("w");
    node.cache(3, 6 << 20);
    assertThat(node.get(3, "k1")).isEqualTo("(miss)");
  }
}
