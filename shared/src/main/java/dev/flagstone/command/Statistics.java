package dev.flagstone.command;

import java.util.List;

/**
 * The answer to a {@code stats} command: names and values in the order in which they are told.
 *
 * @param entries what follows {@code STAT} in the text protocol, a pair a line
 */
public record Statistics(List<Entry> entries) implements Reply {

  public Statistics {
    entries = List.copyOf(entries);
  }

  /** One number or text under a name. Neither holds white space in the name, nor line ends. */
  public record Entry(String name, String value) {}
}
