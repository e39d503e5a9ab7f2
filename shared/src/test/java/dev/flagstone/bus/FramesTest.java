package dev.flagstone.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.testing.Property;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes into a frame comes out of it, over the wire too; and nothing hostile gets through. */
class FramesTest {

  private static ItemCommand randomCommand(Random random) {
    ItemCommand command = new ItemCommand().reset(Verb.of(random.nextInt(Verb.COUNT)));
    command.bytes = new byte[1500];
    random.nextBytes(command.bytes);
    command.keyOffset = random.nextInt(100);
    command.keyLength = random.nextInt(251);
    command.valueOffset = 400;
    command.valueLength = command.verb.carriesValue() ? random.nextInt(1000) : 0;
    command.modifiers = random.nextInt(1 << 9);
    command.flags = random.nextBoolean() ? random.nextInt() : 0;
    command.exptime = random.nextBoolean() ? random.nextInt() : 0;
    command.cas = random.nextBoolean() ? random.nextLong() : 0;
    command.delta = random.nextBoolean() ? random.nextLong() : 0;
    command.initial = random.nextBoolean() ? random.nextLong() : 0;
    command.createExptime = random.nextBoolean() ? random.nextInt() : 0;
    command.recacheSeconds = random.nextBoolean() ? random.nextInt() : 0;
    command.newCas = random.nextBoolean() ? random.nextLong() : 0;
    command.cacheId = random.nextInt();
    command.hash = random.nextLong();
    return command;
  }

  private static void assertSame(ItemCommand actual, ItemCommand expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .ignoringFields("bytes", "keyOffset", "valueOffset")
        .isEqualTo(expected);
    assertThat(slice(actual.bytes, actual.keyOffset, actual.keyLength))
        .isEqualTo(slice(expected.bytes, expected.keyOffset, expected.keyLength));
    assertThat(slice(actual.bytes, actual.valueOffset, actual.valueLength))
        .isEqualTo(slice(expected.bytes, expected.valueOffset, expected.valueLength));
  }

  private static byte[] slice(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  private static Frame overTheWire(Frame frame) {
    FrameCodec codec = new FrameCodec();
    Buffer buffer = Buffer.buffer("before");
    codec.encodeToWire(buffer, frame);
    buffer.appendString("after");
    return codec.decodeFromWire(6, buffer);
  }

  @Test
  void requests_comeOutAsTheyWentIn() {
    Property.holds(
        200,
        random -> {
          BatchWriter writer = new BatchWriter(new FramePool());
          ItemCommand[] commands = new ItemCommand[random.nextInt(40)];
          for (int i = 0; i < commands.length; i++) {
            commands[i] = randomCommand(random);
            writer.add(commands[i]);
          }
          Frame frame = overTheWire(writer.finish(new BatchHead(1, 2, 3, 4)));
          assertThat(frame.batchId()).isEqualTo(1);
          assertThat(frame.epoch()).isEqualTo(2);
          assertThat(frame.deadlineMillis()).isEqualTo(3);
          assertThat(frame.inbox()).isEqualTo(4);
          BatchReader reader = new BatchReader();
          reader.open(frame);
          ItemCommand read = new ItemCommand();
          for (ItemCommand command : commands) {
            assertThat(reader.next(read)).isTrue();
            assertSame(read, command);
          }
          assertThat(reader.next(read)).isFalse();
        });
  }

  private static ItemReply randomReply(Random random) {
    ItemReply reply = new ItemReply().reset(Status.of(random.nextInt(Status.COUNT)));
    reply.bytes = new byte[300];
    random.nextBytes(reply.bytes);
    reply.keyLength = random.nextInt(251);
    reply.flags = random.nextBoolean() ? random.nextInt() : 0;
    reply.cas = random.nextBoolean() ? random.nextLong() : 0;
    reply.number = random.nextBoolean() ? random.nextLong() : 0;
    reply.hasValue = random.nextBoolean();
    reply.valueLength = reply.hasValue ? random.nextInt(1000) : 0;
    reply.hasMeta = random.nextBoolean();
    if (reply.hasMeta) {
      reply.ttlSeconds = random.nextInt();
      reply.lastAccessSeconds = random.nextInt();
      reply.hitBefore = random.nextBoolean();
      reply.marks = random.nextInt(8);
      reply.size = random.nextInt();
    }
    return reply;
  }

  @Test
  void replies_comeOutAsTheyWentIn() {
    Property.holds(
        200,
        random -> {
          BatchReplyWriter writer = new BatchReplyWriter(new FramePool());
          ItemReply[] replies = new ItemReply[random.nextInt(40)];
          for (int i = 0; i < replies.length; i++) {
            replies[i] = randomReply(random);
            int at = writer.append(replies[i]);
            Arrays.fill(writer.array(), at, at + replies[i].valueLength, (byte) i);
          }
          Frame frame = overTheWire(writer.finish(7, 8));
          assertThat(frame.count()).isEqualTo(replies.length);
          int at = BatchReplyReader.FIRST;
          ItemReply read = new ItemReply();
          for (int i = 0; i < replies.length; i++) {
            at = BatchReplyReader.read(frame, at, read);
            assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("bytes", "keyOffset", "valueOffset")
                .isEqualTo(replies[i]);
            byte[] value = slice(read.bytes, read.valueOffset, read.valueLength);
            assertThat(value).containsOnly(repeated(i, value.length));
          }
          assertThat(at).isEqualTo(frame.length());
        });
  }

  private static byte[] repeated(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void spoiltFrames_areRefusedOrRead_andNeverReadBeyondTheirEnd() {
    Property.holds(
        500,
        random -> {
          BatchReplyWriter writer = new BatchReplyWriter(new FramePool());
          for (int i = 0; i < 5; i++) {
            writer.append(randomReply(random));
          }
          Frame good = writer.finish(7, 8);
          byte[] bytes = Arrays.copyOf(good.bytes(), good.length());
          for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          }
          try {
            readAll(Frame.received(bytes));
          } catch (MalformedFrameException e) {
            assertThat(e).hasMessageNotContaining("Exception");
          }
        });
  }

  private static void readAll(Frame frame) {
    ItemReply reply = new ItemReply();
    int at = BatchReplyReader.FIRST;
    for (int i = 0; i < frame.count(); i++) {
      at = BatchReplyReader.read(frame, at, reply);
      assertThat(at).isLessThanOrEqualTo(frame.length());
    }
  }

  @Test
  void lengths_thatTheWireOnlyClaims_areRefused() {
    FrameCodec codec = new FrameCodec();
    for (int claim : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 39, 1 << 28}) {
      Buffer buffer = Buffer.buffer().appendInt(claim).appendBytes(new byte[64]);
      assertThatThrownBy(() -> codec.decodeFromWire(0, buffer))
          .isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void pool_keepsWhatIsReleasedByItsLastHolder() {
    FramePool pool = new FramePool();
    Frame frame = pool.take();
    frame.retain();
    pool.release(frame);
    assertThat(pool.size()).isZero();
    pool.release(frame);
    assertThat(pool.size()).isEqualTo(1);
    assertThat(pool.take()).isSameAs(frame);
  }
}
