package dev.flagstone.protocol;

/**
 * What a connection speaks, settled by its first byte and for as long as it lives.
 *
 * <p>Meta commands are lines of the text protocol: whoever reads a text connection tells them by
 * the word that a line begins with, line by line.
 */
public enum Protocol {
  /** Lines of words, meta commands among them. */
  TEXT,
  /** Frames with a header of 24 bytes. */
  BINARY
}
