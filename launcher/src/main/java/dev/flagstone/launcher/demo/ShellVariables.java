package dev.flagstone.launcher.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables as lines that a POSIX shell sources: {@code NAME=value}, the value quoted if it must
 * be.
 */
final class ShellVariables {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*?)\\s*");

  private ShellVariables() {}

  static String format(Map<String, String> variables) {
    StringBuilder lines = new StringBuilder();
    variables.forEach((name, value) -> lines.append(name + "=" + quote(value) + "\n"));
    return lines.toString();
  }

  /** Reads what {@link #format} wrote; lines that are no such thing are passed over. */
  static Map<String, String> parse(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> variables.put(line.group(1), unquote(line.group(2))));
    return variables;
  }

  private static String quote(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static String unquote(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
    return quoted ? value.substring(1, value.length() - 1).replace("'\\''", "'") : value;
  }
}
