package dev.flagstone.protocol.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Command;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Packet;
import dev.flagstone.testing.Property;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryDecoderPropertyTest {

  private static final int LONGEST_WAIT_BYTES = 24 + 20 + ItemLimits.MAX_ITEM_BYTES;

  private static final String[] PACKETS = {
    "get key=a",
    "getkq key=a",
    "getk key=b",
    "gatkq exptime=5 key=b",
    "touch exptime=5 key=a",
    "set flags=1 exptime=0 key=a value=\\x80\\0\\0\\x01",
    "setq flags=0 exptime=0 key=b",
    "add flags=0 exptime=0 key=c value=12",
    "replaceq flags=0 exptime=0 key=c value=13 cas=2",
    "append key=a value=more",
    "prependq key=none value=x",
    "increment delta=1 initial=5 exptime=0 key=n",
    "decrementq delta=1 initial=5 exptime=0 key=c",
    "delete key=b",
    "deleteq key=none cas=4",
    "flush delay=5",
    "flushq",
    "stat key=items",
    "stat key=conns",
    "noop opaque=1",
    "version",
    "verbosity level=3",
    "sasl-list",
    "sasl-auth key=PLAIN value=\\0user\\0password",
    "0x77 extras=ab key=cd value=ef",
    "noop value=\\x80\\0\\0\\x01",
    "set flags=0 exptime=0 key=a value=\\{1048577*x}",
  };

  @Test
  void stream_cutAnywhere_isAnsweredTheSame() {
    Property.holds(
        200,
        random -> {
          ByteArrayOutputStream stream = new ByteArrayOutputStream();
          for (int i = 0; i < 30; i++) {
            stream.writeBytes(Packet.request(PACKETS[random.nextInt(PACKETS.length - 1)]));
          }
          byte[] bytes = stream.toByteArray();
          byte[] whole = target().send(bytes);
          ByteArrayOutputStream pieces = new ByteArrayOutputStream();
          CodecTarget target = target();
          for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(40));
            pieces.writeBytes(target.send(Arrays.copyOfRange(bytes, at, next)));
            at = next;
          }
          assertThat(pieces.toByteArray()).isEqualTo(whole);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void firstOutcome_fromWhateverPrefix_isThatOfTheWhole(boolean login) {
    Supplier<Decoder> decoders = login ? BinaryLoginDecoder::new : BinaryDecoder::new;
    Property.holds(
        5_000,
        random -> {
          byte[] bytes = mutated(random);
          String whole = describe(decoders.get().decode(bytes, 0, bytes.length), bytes.length);
          int wanted = 0;
          Decoder decoder = decoders.get();
          for (int length = 0; length <= Math.min(400, bytes.length); length++) {
            DecodeResult result = decoder.decode(bytes, 0, length);
            if (result instanceof NeedMore more) {
              assertThat(more.wantedBytes())
                  .isGreaterThan(length)
                  .isGreaterThanOrEqualTo(wanted)
                  .isLessThanOrEqualTo(LONGEST_WAIT_BYTES);
              wanted = more.wantedBytes();
            } else {
              assertThat(length).isGreaterThanOrEqualTo(wanted);
              assertThat(describe(result, length)).isEqualTo(whole);
              return;
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyBytes_neitherThrowNorTakeMoreThanThereIs(boolean login) {
    Property.holds(
        20_000,
        random -> {
          Decoder decoder = login ? new BinaryLoginDecoder() : new BinaryDecoder();
          byte[] bytes = random.nextInt(4) == 0 ? noise(random) : mutated(random);
          int from = random.nextInt(2) * random.nextInt(bytes.length + 1);
          int to = from + random.nextInt(bytes.length - from + 1);
          DecodeResult result = decoder.decode(bytes, from, to);
          describe(result, to - from);
          if (!login && result instanceof Rejected rejected) {
            assertThat(rejected.fault())
                .as("0x20 never goes to a session that has logged in")
                .isNotIn(Fault.UNAUTHENTICATED, Fault.AUTHENTICATION_FAILURE);
          }
        });
  }

  /** All that an outcome says, having checked that it lies inside the bytes. */
  private static String describe(DecodeResult result, int available) {
    if (result instanceof Decoded decoded) {
      assertThat(decoded.consumed()).isBetween(24, available);
      assertThat(decoded.note().length()).isBetween(0, 250);
      return decoded.consumed()
          + " "
          + decoded.form()
          + " "
          + decoded.noreply()
          + describe(decoded.command());
    }
    if (result instanceof Rejected rejected) {
      assertThat(rejected.consumed()).isBetween(1, available);
      assertThat(rejected.swallowBytes()).isBetween(0L, (long) Integer.MAX_VALUE);
      assertThat(rejected.recovery()).isIn(Recovery.SWALLOW, Recovery.CONTINUE, Recovery.CLOSE);
      return rejected.toString();
    }
    return "need more";
  }

  private static String describe(Command command) {
    if (command instanceof ItemCommand item) {
      assertThat(item.keyLength).isBetween(1, 250);
      assertThat(ItemLimits.fits(item.keyLength, item.valueLength)).isTrue();
      return " %s %s %s %d %d %d %d %d"
          .formatted(
              item.verb,
              new String(item.bytes, item.keyOffset, item.keyLength, ISO_8859_1),
              new String(item.bytes, item.valueOffset, item.valueLength, ISO_8859_1),
              item.flags,
              item.exptime,
              item.cas,
              item.delta,
              item.initial);
    }
    if (command instanceof LoginAttempt attempt) {
      assertThat(attempt.keyLength).isBetween(1, 250);
      return " %s %s"
          .formatted(
              new String(attempt.bytes, attempt.keyOffset, attempt.keyLength, ISO_8859_1),
              new String(attempt.bytes, attempt.valueOffset, attempt.valueLength, ISO_8859_1));
    }
    return " " + command;
  }

  /** A packet of some kind, most often with bytes of its header changed. */
  private static byte[] mutated(Random random) {
    byte[] bytes = Packet.request(PACKETS[random.nextInt(PACKETS.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = 1 + random.nextInt(Math.min(bytes.length - 1, 48));
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt(4) : (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[0] = (byte) 0x80;
    }
    return bytes;
  }

  private static CodecTarget target() {
    return new CodecTarget(new BinaryDecoder(), new BinaryEncoder("1"));
  }
}
