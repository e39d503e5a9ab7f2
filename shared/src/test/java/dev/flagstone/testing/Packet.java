package dev.flagstone.testing;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A packet of the binary protocol as a transcript writes it: the name of its opcode, and then what
 * differs from a packet in which all is empty or 0. It has a table of opcodes of its own, so that
 * it can contradict the codec's.
 */
public final class Packet {

  /** In requests and responses alike, unless they say otherwise: so every echo is looked at. */
  private static final String OPAQUE = "0xcafef00d";

  private static final Map<String, Integer> OPCODES = opcodes();

  /** The errors that memcached has words for. */
  private enum Failure {
    NOT_FOUND(0x01, "Not found"),
    EXISTS(0x02, "Data exists for key."),
    TOO_LARGE(0x03, "Too large."),
    INVALID(0x04, "Invalid arguments"),
    NOT_STORED(0x05, "Not stored."),
    NON_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
    AUTH_FAILURE(0x20, "Auth failure."),
    UNKNOWN_COMMAND(0x81, "Unknown command");

    final int status;
    final String words;

    Failure(int status, String words) {
      this.status = status;
      this.words = words;
    }
  }

  private final Map<String, String> header = new HashMap<>();
  private final StringBuilder extras = new StringBuilder();
  private String key = "";
  private String value = "";

  private Packet(String line, boolean response) {
    header.put("magic", response ? "0x81" : "0x80");
    header.put("opaque", OPAQUE);
    String[] words = line.strip().split(" +", -1);
    String code = words[0].startsWith("0x") ? words[0] : String.valueOf(OPCODES.get(words[0]));
    header.put("opcode", code);
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        fail(Failure.valueOf(words[i].replace('-', '_').toUpperCase(Locale.ROOT)));
      } else {
        set(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    // A miss that tells the key tells no words.
    if (response && !key.isEmpty() && header.containsKey("status")) {
      value = "";
    }
  }

  private void fail(Failure failure) {
    header.put("status", String.valueOf(failure.status));
    value = failure.words;
  }

  private void set(String field, String said) {
    switch (field) {
      case "key" -> key = said;
      case "value" -> value = said;
      case "number" -> value = number(said, 8);
      case "flags", "exptime", "delay", "level" -> extras.append(number(said, 4));
      case "delta", "initial" -> extras.append(number(said, 8));
      case "extras" -> extras.append(said);
      default -> header.put(field, said);
    }
  }

  /** The bytes of a request. */
  public static byte[] request(String line) {
    return Template.parse(source(line, false)).fill(Map.of());
  }

  /** The bytes of a response. */
  public static byte[] response(String line) {
    return Template.parse(source(line, true)).fill(Map.of());
  }

  /** The packet in the language of {@link Template}. */
  static String source(String line, boolean response) {
    return new Packet(line, response).source();
  }

  private String source() {
    int keyLength = length(key);
    int extrasLength = length(extras.toString());
    int bodyLength = extrasLength + keyLength + length(value);
    return field("magic", 0, 1)
        + field("opcode", 0, 1)
        + field("key-length", keyLength, 2)
        + field("extras-length", extrasLength, 1)
        + field("data-type", 0, 1)
        + (header.containsKey("status") ? field("status", 0, 2) : field("vbucket", 0, 2))
        + field("body-length", bodyLength, 4)
        + field("opaque", 0, 4)
        + field("cas", 0, 8)
        + extras
        + key
        + value;
  }

  private String field(String name, int otherwise, int bytes) {
    return number(header.getOrDefault(name, String.valueOf(otherwise)), bytes);
  }

  /** A number in so many bytes; a hole of that width. */
  private static String number(String said, int bytes) {
    if (said.startsWith("${")) {
      return said.replace("}", ":" + bytes + "}");
    }
    BigInteger number =
        said.startsWith("0x") ? new BigInteger(said.substring(2), 16) : new BigInteger(said);
    StringBuilder source = new StringBuilder();
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      source.append(String.format("\\x%02x", number.shiftRight(shift).intValue() & 0xFF));
    }
    return source.toString();
  }

  private static int length(String source) {
    return Template.parse(source).fill(Map.of()).length;
  }

  private static Map<String, Integer> opcodes() {
    String[] names =
        ("get set add replace delete increment decrement quit flush getq noop version getk getkq"
                + " append prepend stat setq addq replaceq deleteq incrementq decrementq quitq"
                + " flushq appendq prependq verbosity touch gat gatq - sasl-list sasl-auth"
                + " sasl-step gatk gatkq")
            .split(" ", -1);
    Map<String, Integer> opcodes = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      opcodes.put(Objects.requireNonNull(names[i]), i);
    }
    return opcodes;
  }
}
