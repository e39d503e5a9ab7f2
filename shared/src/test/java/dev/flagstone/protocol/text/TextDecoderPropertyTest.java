package dev.flagstone.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Command;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Property;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderPropertyTest {

  private static final List<String> TOKENS =
      List.of(
          "get",
          "gets",
          "gat",
          "gats",
          "set",
          "add",
          "replace",
          "append",
          "prepend",
          "cas",
          "delete",
          "incr",
          "decr",
          "touch",
          "flush_all",
          "version",
          "verbosity",
          "stats",
          "mn",
          "watch",
          "GET",
          "a",
          "b",
          "noreply",
          "0",
          "1",
          "2",
          "5",
          "7",
          "-1",
          "4294967296",
          "1048577",
          "2147483645",
          "18446744073709551616",
          "\0",
          "\r",
          "\t",
          "items",
          "reset",
          "x");
  private static final List<String> ENDS =
      List.of("\r\n", "\r\n", "\r\n", "\n", " \r\n", "\r", "", "\r\r\n");

  private static final String[] STREAM_OF_ALL_KINDS = {
    "get a b c\r\n",
    "gets a\r\n",
    "gat 5 a b\r\n",
    "set a 1 0 3\r\nget\r\n",
    "set b 0 0 0\r\n\r\n",
    "set a 0 0 3 noreply\r\n\r\n \r\n",
    "add c 0 0 2\r\nabc\r\n",
    "cas a 0 0 1 1\r\nx\r\n",
    "append a 0 0 7\r\nversion\r\n",
    "incr a 1\r\n",
    "delete a noreply\r\n",
    "nonsense\r\n",
    "\r\n",
    "set a x 0 4\r\nmn\r\n\r\n",
    "touch b 100\r\n",
    "version\n",
    "get\r\n",
    "set n 0 0 1\r\n9\r\n",
    "decr n 3\r\n",
    "flush_all 0 noreply\r\n",
    "get a\0b c\r\n",
    "stats reset\r\n",
  };

  @Test
  void stream_cutAnywhere_isAnsweredTheSame() {
    Property.holds(
        300,
        random -> {
          ByteArrayOutputStream stream = new ByteArrayOutputStream();
          for (int i = 0; i < 30; i++) {
            boolean wellKnown = random.nextInt(3) > 0;
            stream.writeBytes(
                wellKnown ? bytes(pick(random, STREAM_OF_ALL_KINDS)) : randomLine(random));
          }
          byte[] bytes = stream.toByteArray();
          byte[] whole = target().send(bytes);
          ByteArrayOutputStream pieces = new ByteArrayOutputStream();
          CodecTarget target = target();
          for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(20));
            pieces.writeBytes(target.send(Arrays.copyOfRange(bytes, at, next)));
            at = next;
          }
          assertThat(text(pieces.toByteArray())).isEqualTo(text(whole));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void firstOutcome_fromWhateverPrefix_isThatOfTheWhole(boolean login) {
    Supplier<Decoder> decoders = login ? TextLoginDecoder::new : TextDecoder::new;
    Property.holds(
        3_000,
        random -> {
          byte[] bytes = randomLines(random);
          String whole = describe(decoders.get().decode(bytes, 0, bytes.length), bytes.length);
          int wanted = 0;
          Decoder decoder = decoders.get();
          for (int length = 0; length <= bytes.length; length++) {
            DecodeResult result = decoder.decode(bytes, 0, length);
            if (result instanceof NeedMore more) {
              assertThat(more.wantedBytes()).isGreaterThan(length).isGreaterThanOrEqualTo(wanted);
              wanted = more.wantedBytes();
            } else {
              assertThat(length).isGreaterThanOrEqualTo(wanted);
              assertThat(describe(result, length)).isEqualTo(whole);
              return;
            }
          }
          assertThat(whole).isEqualTo("need more");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyBytes_neitherThrowNorTakeMoreThanThereIs(boolean login) {
    Property.holds(
        3_000,
        random -> {
          Decoder decoder = login ? new TextLoginDecoder() : new TextDecoder();
          byte[] bytes = random.nextBoolean() ? noise(random) : randomLines(random);
          int from = random.nextInt(bytes.length + 1);
          int to = from + random.nextInt(bytes.length - from + 1);
          while (from < to) {
            DecodeResult result = decoder.decode(bytes, from, to);
            describe(result, to - from);
            if (result instanceof Decoded decoded) {
              assertThat(decoded.consumed()).isPositive();
              from += decoded.consumed();
            } else if (result instanceof Rejected rejected
                && rejected.recovery() != Recovery.CLOSE) {
              assertThat(rejected.consumed()).isPositive();
              from += rejected.consumed();
            } else {
              return;
            }
          }
        });
  }

  /** All that an outcome says, having checked that it lies inside the bytes. */
  private static String describe(DecodeResult result, int available) {
    if (result instanceof Decoded decoded) {
      assertThat(decoded.consumed()).isBetween(1, available);
      return decoded.consumed()
          + " "
          + decoded.form()
          + " "
          + decoded.noreply()
          + describe(decoded.command());
    }
    if (result instanceof Rejected rejected) {
      assertThat(rejected.consumed()).isBetween(0, available);
      assertThat(rejected.swallowBytes()).isBetween(0L, (long) Integer.MAX_VALUE);
      return rejected.toString();
    }
    return "need more";
  }

  private static String describe(Command command) {
    if (command instanceof ItemCommand item) {
      assertThat(item.keyLength).isBetween(1, 250);
      return " %s %s %s %d %d %d %d"
          .formatted(
              item.verb,
              new String(item.bytes, item.keyOffset, item.keyLength, ISO_8859_1),
              new String(item.bytes, item.valueOffset, item.valueLength, ISO_8859_1),
              item.flags,
              item.exptime,
              item.cas,
              item.delta);
    }
    if (command instanceof LoginAttempt attempt) {
      return " %s %s"
          .formatted(
              new String(attempt.bytes, attempt.keyOffset, attempt.keyLength, ISO_8859_1),
              new String(attempt.bytes, attempt.valueOffset, attempt.valueLength, ISO_8859_1));
    }
    return " " + command;
  }

  private static byte[] randomLines(Random random) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = random.nextInt(4); i >= 0; i--) {
      lines.writeBytes(randomLine(random));
    }
    return lines.toByteArray();
  }

  private static byte[] randomLine(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      line.append(TOKENS.get(random.nextInt(TOKENS.size())));
      line.append(" ".repeat(random.nextInt(50) == 0 ? random.nextInt(3_000) : 1));
    }
    return bytes(line + ENDS.get(random.nextInt(ENDS.size())));
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(3_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String pick(Random random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static CodecTarget target() {
    return new CodecTarget(new TextDecoder(), new TextEncoder("1"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
