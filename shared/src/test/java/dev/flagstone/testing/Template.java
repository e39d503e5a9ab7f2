package dev.flagstone.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes with holes: variables that an answer fills and that later requests may use. */
public final class Template {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\$\\{(?<variable>\\w+)(?::(?<width>\\d+))?}"
              + "|\\\\\\{(?<times>\\d+)\\*(?<repeated>\\\\x[0-9a-fA-F]{2}|[^\\\\])}"
              + "|(?<unit>\\\\x[0-9a-fA-F]{2}|\\\\[rnt0\\\\]|[^\\\\])",
          Pattern.DOTALL);

  /** The hole that takes anything each time, and keeps nothing. */
  private static final String ANYTHING = "_";

  /**
   * Bytes, or a hole.
   *
   * @param text the bytes, or the hole's name
   * @param width how many bytes the hole takes, or 0 for any number of them within a line
   */
  private record Part(String text, boolean isVariable, int width) {

    static Part literal(CharSequence text) {
      return new Part(text.toString(), false, 0);
    }

    String filled(Map<String, String> values) {
      return isVariable ? values.getOrDefault(text, "?".repeat(Math.max(1, width))) : text;
    }

    String regex() {
      return width == 0 ? "[^\\r\\n]+?" : ".{" + width + "}";
    }
  }

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template: escapes as in C, <code>\{250*k}</code> for repetition, <code>${name}</code>
   * for holes, <code>${name:8}</code> for holes of so many bytes of any kind.
   *
   * @throws IllegalArgumentException for an escape that is none
   */
  static Template parse(String source) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    int at = 0;
    while (token.find() && token.start() == at) {
      at = token.end();
      if (token.group("variable") != null) {
        parts.add(Part.literal(literal));
        String width = token.group("width");
        int bytes = width == null ? 0 : Integer.parseInt(width);
        parts.add(new Part(token.group("variable"), true, bytes));
        literal.setLength(0);
      } else if (token.group("times") != null) {
        literal.append(
            unit(token.group("repeated")).repeat(Integer.parseInt(token.group("times"))));
      } else {
        literal.append(unit(token.group("unit")));
      }
    }
    if (at != source.length()) {
      throw new IllegalArgumentException("no escape of a transcript: " + source.substring(at));
    }
    parts.add(Part.literal(literal));
    return new Template(parts);
  }

  private static String unit(String escaped) {
    if (!escaped.startsWith("\\")) {
      return escaped;
    }
    return switch (escaped.charAt(1)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '0' -> "\0";
      case 'x' -> String.valueOf((char) Integer.parseInt(escaped.substring(2), 16));
      default -> "\\";
    };
  }

  /** The bytes of both, one behind the other. */
  Template then(Template next) {
    List<Part> both = new ArrayList<>(parts);
    both.addAll(next.parts);
    return new Template(both);
  }

  /** Whether it has a hole that these values do not fill. */
  boolean lacks(Map<String, String> values) {
    return parts.stream().anyMatch(part -> part.isVariable() && !values.containsKey(part.text()));
  }

  /**
   * The bytes, with holes filled. Holes without a value are taken for as many bytes as they have,
   * or one.
   */
  byte[] fill(Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(part.filled(values));
    }
    return filled.toString().getBytes(ISO_8859_1);
  }

  /**
   * Compares bytes to the template; a hole without a value takes any run of bytes, and keeps it.
   *
   * @return whether they are equal
   */
  boolean matches(byte[] actual, Map<String, String> values) {
    Map<String, Integer> groups = new TreeMap<>();
    StringBuilder regex = new StringBuilder();
    for (Part part : parts) {
      String name = part.text();
      if (!part.isVariable() || values.containsKey(name)) {
        regex.append(Pattern.quote(part.filled(values)));
      } else if (name.equals(ANYTHING)) {
        regex.append(part.regex());
      } else if (groups.containsKey(name)) {
        regex.append("\\").append(groups.get(name));
      } else {
        groups.put(name, groups.size() + 1);
        regex.append("(" + part.regex() + ")");
      }
    }
    Matcher matcher =
        Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(new String(actual, ISO_8859_1));
    if (!matcher.matches()) {
      return false;
    }
    groups.forEach((name, group) -> values.put(name, matcher.group(group)));
    return true;
  }

  @Override
  public String toString() {
    return visible(fill(Map.of()));
  }

  /** Bytes as a person can read them, shortened in the middle if there are many. */
  static String visible(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (i == 300 && bytes.length > 600) {
        text.append(" ... ");
        i = bytes.length - 300;
      }
      int b = bytes[i] & 0xFF;
      switch (b) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n\n");
        default -> text.append(b < ' ' || b > '~' ? String.format("\\x%02x", b) : "" + (char) b);
      }
    }
    return text.toString();
  }
}
