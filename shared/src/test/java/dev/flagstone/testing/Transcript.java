package dev.flagstone.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation that a protocol is held to, read from a file; its syntax stands in the {@code
 * README.md} beside the files.
 *
 * @param name for messages
 * @param steps what happens, in order
 */
public record Transcript(String name, List<Step> steps) {

  public Transcript {
    steps = List.copyOf(steps);
  }

  /** One thing that happens. */
  public sealed interface Step permits Exchange, Advance, Closed {}

  /** The client sends, and this is all that is answered. */
  public record Exchange(Template sent, Template answered) implements Step {}

  /** Time passes. */
  public record Advance(Duration duration) implements Step {}

  /** The server has hung up by now. */
  public record Closed() implements Step {}

  /**
   * Reads a transcript.
   *
   * @throws IllegalArgumentException if a line is none of a transcript
   */
  public static Transcript parse(String name, String text) {
    List<Step> steps = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    StringBuilder answered = new StringBuilder();
    boolean answering = false;
    for (String line : text.lines().toList()) {
      boolean client = line.startsWith("> ") || line.startsWith(">> ");
      boolean server = line.startsWith("< ") || line.startsWith("<< ");
      boolean continues = client ? !answering : server;
      if (!continues && !line.isBlank() && !line.startsWith("#")) {
        endExchange(steps, sent, answered);
        answering = false;
      }
      if (client) {
        sent.append(payload(line));
      } else if (server) {
        answered.append(payload(line));
        answering = true;
      } else if (line.startsWith("~")) {
        steps.add(new Advance(Duration.parse("PT" + line.substring(1).strip())));
      } else if (line.strip().equals("!closed")) {
        steps.add(new Closed());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException(name + ": not a line of a transcript: " + line);
      }
    }
    endExchange(steps, sent, answered);
    return new Transcript(name, steps);
  }

  private static void endExchange(List<Step> steps, StringBuilder sent, StringBuilder answered) {
    if (!sent.isEmpty() || !answered.isEmpty()) {
      steps.add(new Exchange(Template.parse(sent.toString()), Template.parse(answered.toString())));
      sent.setLength(0);
      answered.setLength(0);
    }
  }

  /** A packet, or what a line says with its line end unless a last backslash takes it away. */
  private static String payload(String line) {
    if (line.charAt(1) != ' ') {
      return Packet.source(line.substring(3), line.startsWith("<<"));
    }
    String said = line.substring(2);
    int backslashes = said.length() - said.replaceAll("\\\\+$", "").length();
    return backslashes % 2 == 1 ? said.substring(0, said.length() - 1) : said + "\\r\\n";
  }
}
