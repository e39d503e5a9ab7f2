package dev.flagstone.command;

/** Where an executor's replies go, in the order of the requests: exactly one a request. */
public interface ReplySink {

  /**
   * Appends a reply: its status and numbers, the key (from {@link ItemReply#bytes}) if it has one,
   * and room for the value if it has one.
   *
   * @return the offset in {@link #array} at which the caller must now put exactly {@link
   *     ItemReply#valueLength} bytes
   */
  int append(ItemReply reply);

  /**
   * The array that the last {@link #append} wrote to; any append may exchange it for a larger one.
   */
  byte[] array();
}
