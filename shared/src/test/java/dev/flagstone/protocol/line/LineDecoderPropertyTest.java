package dev.flagstone.protocol.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Command;
import dev.flagstone.command.ItemCommand;
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
import org.junit.jupiter.api.Test;

class LineDecoderPropertyTest {

  private static final List<String> WORDS =
      List.of("mg", "ms", "md", "ma", "me", "mn", "mx", "m", "get", "set", "incr", " ", "mg\r");
  private static final List<String> KEYS =
      List.of(
          "a", "b", "n", "YQ==", "AAEC", "key", "k\0", "=", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");
  private static final String LETTERS = "bcfhklqstuvxEFCINRTMOJDLPSWXYZ";
  private static final List<String> TOKENS =
      List.of("", "", "", "1", "30", "-1", "0", "A", "x", "18446744073709551615", "\r", "\u00ff");
  private static final List<String> ENDS =
      List.of("\r\n", "\r\n", "\r\n", "\r\n", "\n", " \r\n", "\r", "", "\r\r\n");

  private final LineCodec codec = new LineCodec("1");

  private CodecTarget target() {
    return new CodecTarget(codec.newDecoder(), codec.encoder());
  }

  @Test
  void stream_cutAnywhere_isAnsweredTheSame() {
    Property.holds(
        400,
        random -> {
          byte[] bytes = randomLines(random, 40);
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

  @Test
  void validCommands_areAllAnswered_withLinesOfTheirKind() {
    Property.holds(
        300,
        random -> {
          CodecTarget target = target();
          for (int i = 0; i < 60; i++) {
            String command = validCommand(random);
            String answer = text(target.send(bytes(command + "mn\r\n")));
            assertThat(answer).as(command).endsWith("MN\r\n");
            assertThat(target.pendingBytes()).isZero();
            String first = answer.substring(0, answer.indexOf("\r\n"));
            assertThat(first)
                .as(command)
                .matches(
                    "MN|(HD|EN|NS|EX|NF|ME|VA \\d+)( .*)?"
                        + "|CLIENT_ERROR cannot increment or decrement non-numeric value");
          }
        });
  }

  @Test
  void firstOutcome_fromWhateverPrefix_isThatOfTheWhole() {
    Property.holds(
        4_000,
        random -> {
          byte[] bytes = randomLines(random, 4);
          String whole = describe(codec.newDecoder().decode(bytes, 0, bytes.length), bytes.length);
          int wanted = 0;
          Decoder decoder = codec.newDecoder();
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

  @Test
  void anyBytes_neitherThrowNorTakeMoreThanThereIs_norChange() {
    Property.holds(
        4_000,
        random -> {
          Decoder decoder = codec.newDecoder();
          byte[] bytes = random.nextBoolean() ? noise(random) : randomLines(random, 4);
          byte[] before = bytes.clone();
          int from = random.nextInt(bytes.length + 1);
          int to = from + random.nextInt(bytes.length - from + 1);
          while (from < to) {
            DecodeResult result = decoder.decode(bytes, from, to);
            describe(result, to - from);
            if (result instanceof Decoded decoded) {
              from += decoded.consumed();
            } else if (result instanceof Rejected rejected
                && rejected.recovery() != Recovery.CLOSE) {
              assertThat(rejected.consumed()).isPositive();
              from += rejected.consumed();
            } else {
              break;
            }
          }
          assertThat(bytes).isEqualTo(before);
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
          + describe(decoded.command())
          + new String(
              decoded.note().bytes(), decoded.note().offset(), decoded.note().length(), ISO_8859_1);
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
      return " %s %d %s %s %d %d %d %d %d %d %d %d"
          .formatted(
              item.verb,
              item.modifiers,
              new String(item.bytes, item.keyOffset, item.keyLength, ISO_8859_1),
              new String(item.bytes, item.valueOffset, item.valueLength, ISO_8859_1),
              item.flags,
              item.exptime,
              item.cas,
              item.delta,
              item.initial,
              item.createExptime,
              item.recacheSeconds,
              item.newCas);
    }
    return " " + command;
  }

  private static byte[] randomLines(Random random, int most) {
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      lines.append(random.nextBoolean() ? validCommand(random) : randomLine(random));
    }
    return bytes(lines.toString());
  }

  private static String randomLine(Random random) {
    StringBuilder line = new StringBuilder(pick(random, WORDS)).append(' ');
    line.append(pick(random, KEYS));
    if (random.nextInt(3) == 0) {
      line.append(' ').append(random.nextInt(12) - 1);
    }
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 24 : 6); i > 0; i--) {
      line.append(" ".repeat(random.nextInt(50) == 0 ? random.nextInt(3_000) : 1));
      line.append(LETTERS.charAt(random.nextInt(LETTERS.length()))).append(pick(random, TOKENS));
    }
    return line + pick(random, ENDS);
  }

  /** A command that is well-formed in every flag. */
  private static String validCommand(Random random) {
    String key = List.of("a", "b", "n", "YQ==").get(random.nextInt(4));
    String word = List.of("mg", "ms", "md", "ma", "me").get(random.nextInt(5));
    StringBuilder flags = new StringBuilder(key.equals("YQ==") ? " b" : "");
    for (String flag :
        List.of(
            "k", "c", "f", "h", "l", "s", "t", "u", "v", "x", "q", "I", "O77", "T30", "N20", "R25",
            "F5")) {
      if (random.nextInt(8) == 0) {
        flags.append(' ').append(flag);
      }
    }
    if (random.nextInt(6) == 0) {
      flags.append(" C").append(random.nextInt(40));
    }
    if (random.nextInt(6) == 0) {
      flags.append(" E").append(random.nextInt(40));
    }
    if (word.equals("ma")) {
      flags.append(random.nextBoolean() ? " D7 J5" : " M-");
    }
    if (!word.equals("ms")) {
      return word + " " + key + flags + "\r\n";
    }
    String value = random.nextBoolean() ? "" + random.nextInt(1000) : "mg a v\r\n";
    String mode = random.nextInt(3) == 0 ? " M" + "EAPRS".charAt(random.nextInt(5)) : "";
    return "ms " + key + " " + value.length() + flags + mode + "\r\n" + value + "\r\n";
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(3_000)];
    random.nextBytes(bytes);
    if (bytes.length > 3 && random.nextBoolean()) {
      bytes[0] = 'm';
      bytes[1] = 's';
      bytes[2] = ' ';
    }
    return bytes;
  }

  private static <T> T pick(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
