package dev.flagstone.datanode.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.bus.BatchHead;
import dev.flagstone.bus.BatchReplyReader;
import dev.flagstone.bus.BatchWriter;
import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FramePool;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.execute.ShardExecutor;
import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.time.TimeSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ShardTest {

  private static final long NOW = 1_800_000_000_000L;

  private static final TimeSource TIME =
      new TimeSource() {
        @Override
        public long unixMillis() {
          return NOW;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  /** Answers each key with its own name, throws at the key "bug", and notes what was warmed. */
  private static final class Echo implements ShardExecutor {

    final List<Integer> warmed = new ArrayList<>();
    int executed;

    @Override
    public void execute(ItemCommand command, ReplySink sink) {
      executed++;
      String key =
          new String(
              command.bytes, command.keyOffset, command.keyLength, StandardCharsets.US_ASCII);
      if (key.equals("bug")) {
        throw new IllegalStateException("a bug");
      }
      ItemReply reply = new ItemReply().reset(Status.HIT);
      reply.hasValue = true;
      reply.valueLength = command.keyLength;
      int at = sink.append(reply);
      System.arraycopy(command.bytes, command.keyOffset, sink.array(), at, command.keyLength);
    }

    @Override
    public void warm(long[] hashes, int count) {
      warmed.add(count);
      for (int i = 0; i < count; i++) {
        assertThat(hashes[i]).isEqualTo(77);
      }
    }
  }

  private final Echo executor = new Echo();
  private final Shard shard =
      new Shard(executor, TIME, new RateLimitedLog(LoggerFactory.getLogger("test"), TIME), 5);

  private static Frame batch(long deadlineMillis, String... keys) {
    BatchWriter writer = new BatchWriter(new FramePool());
    for (String key : keys) {
      ItemCommand command = new ItemCommand().reset(Verb.GET);
      command.bytes = key.getBytes(StandardCharsets.US_ASCII);
      command.keyLength = command.bytes.length;
      command.cacheId = 1;
      command.hash = 77;
      writer.add(command);
    }
    return writer.finish(new BatchHead(42, 5, deadlineMillis, 9));
  }

  private static List<String> replies(@Nullable Frame frame) {
    if (frame == null) {
      throw new AssertionError("no reply");
    }
    assertThat(frame.batchId()).isEqualTo(42);
    assertThat(frame.epoch()).isEqualTo(5);
    List<String> replies = new ArrayList<>();
    ItemReply reply = new ItemReply();
    int at = BatchReplyReader.FIRST;
    for (int i = 0; i < frame.count(); i++) {
      at = BatchReplyReader.read(frame, at, reply);
      replies.add(
          reply.status == Status.HIT
              ? new String(
                  reply.bytes, reply.valueOffset, reply.valueLength, StandardCharsets.US_ASCII)
              : reply.status.name());
    }
    assertThat(at).isEqualTo(frame.length());
    return replies;
  }

  @Test
  void batch_isAnsweredInItsOrder_andReadAheadInWindows() {
    String[] keys = new String[37];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "key" + i;
    }
    assertThat(replies(shard.execute(batch(NOW, keys)))).containsExactly(keys);
    assertThat(executor.warmed).containsExactly(16, 16, 5);
    assertThat(shard.get(ShardCounter.REQUESTS)).isEqualTo(37);
    assertThat(shard.get(ShardCounter.BATCHES)).isEqualTo(1);
  }

  @Test
  void batch_afterItsDeadline_isNotExecuted() {
    assertThat(replies(shard.execute(batch(NOW - 1, "a", "b"))))
        .containsExactly("UNAVAILABLE", "UNAVAILABLE");
    assertThat(executor.executed).isZero();
    assertThat(shard.get(ShardCounter.EXPIRED_REQUESTS)).isEqualTo(2);
  }

  @Test
  void request_thatEndsInABug_isUnavailable_andTheOthersAreAnswered() {
    assertThat(replies(shard.execute(batch(NOW, "a", "bug", "c"))))
        .containsExactly("a", "UNAVAILABLE", "c");
    assertThat(shard.get(ShardCounter.REQUEST_BUGS)).isEqualTo(1);
  }

  @Test
  void batch_cutAnywhere_isDroppedAndTheNextOneServed() {
    Frame whole = batch(NOW, "some", "keys");
    for (int length = Frame.HEADER_BYTES; length < whole.length(); length++) {
      byte[] cut = Arrays.copyOf(whole.bytes(), length);
      ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(36, length);
      assertThat(shard.execute(Frame.received(cut))).isNull();
    }
    assertThat(shard.get(ShardCounter.MALFORMED_BATCHES))
        .isEqualTo(whole.length() - Frame.HEADER_BYTES);
    assertThat(replies(shard.execute(whole))).containsExactly("some", "keys");
  }
}
