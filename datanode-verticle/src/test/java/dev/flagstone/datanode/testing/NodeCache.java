package dev.flagstone.datanode.testing;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.Verb;
import dev.flagstone.testing.CacheBehind;
import java.util.Arrays;

/** One cache of a {@link TestNode} as what is behind a codec. */
public final class NodeCache implements CacheBehind {

  private final TestNode node;
  private final int cacheId;

  public NodeCache(TestNode node, int cacheId) {
    this.node = node;
    this.cacheId = cacheId;
  }

  @Override
  public void execute(ItemCommand command, ItemReply reply) {
    ItemCommand copy = node.command(command.verb);
    copy.modifiers = command.modifiers;
    copy.flags = command.flags;
    copy.exptime = command.exptime;
    copy.cas = command.cas;
    copy.delta = command.delta;
    copy.initial = command.initial;
    copy.createExptime = command.createExptime;
    copy.recacheSeconds = command.recacheSeconds;
    copy.newCas = command.newCas;
    boolean hasValue = command.verb.carriesValue();
    int valueEnd = hasValue ? command.valueOffset + command.valueLength : command.valueOffset;
    ItemReply answered =
        node.execute(
            cacheId,
            Arrays.copyOfRange(
                command.bytes, command.keyOffset, command.keyOffset + command.keyLength),
            Arrays.copyOfRange(command.bytes, command.valueOffset, valueEnd));
    copy(answered, reply);
  }

  private void copy(ItemReply from, ItemReply to) {
    to.reset(from.status);
    to.flags = from.flags;
    to.cas = from.cas;
    to.number = from.number;
    byte[] key = Arrays.copyOfRange(from.bytes, from.keyOffset, from.keyOffset + from.keyLength);
    byte[] value = from.hasValue ? node.value() : new byte[0];
    to.bytes = Arrays.copyOf(key, key.length + value.length);
    System.arraycopy(value, 0, to.bytes, key.length, value.length);
    to.keyLength = key.length;
    to.valueOffset = key.length;
    to.valueLength = value.length;
    to.hasValue = from.hasValue;
    to.hasMeta = from.hasMeta;
    if (from.hasMeta) {
      to.ttlSeconds = from.ttlSeconds;
      to.lastAccessSeconds = from.lastAccessSeconds;
      to.hitBefore = from.hitBefore;
      to.marks = from.marks;
      to.size = from.size;
    }
  }

  @Override
  public void advance(long seconds) {
    node.time.advanceSeconds(seconds);
    node.turn();
  }

  @Override
  public int size() {
    return (int) node.stat(cacheId, StatCounter.CURR_ITEMS);
  }

  @Override
  public void flush(int delay) {
    node.everywhere(Verb.FLUSH, cacheId, delay);
  }
}
