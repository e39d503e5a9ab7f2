package dev.flagstone.protocol;

import dev.flagstone.command.Command;
import dev.flagstone.command.SessionCommand;

/** A whole command (or one key of a retrieval of many), reused by its decoder for the next. */
public final class Decoded implements DecodeResult {

  private Command command = SessionCommand.NOOP;
  private int consumed;
  private long form;
  private boolean noreply;
  private final Note note = new Note();

  /** Fills in the next outcome. */
  public Decoded set(Command newCommand, int newConsumed, long newForm, boolean newNoreply) {
    command = newCommand;
    consumed = newConsumed;
    form = newForm;
    noreply = newNoreply;
    note.clear();
    return this;
  }

  /**
   * The command; an item command's key and value are in the array that was handed to the decoder.
   */
  public Command command() {
    return command;
  }

  /** How many bytes the command took, 0 or more: the next one begins behind them. */
  public int consumed() {
    return consumed;
  }

  /** How the reply shall look; to be handed to the protocol's {@link Encoder} with the reply. */
  public long form() {
    return form;
  }

  /** Whether the client expects no reply, whatever happens. */
  public boolean noreply() {
    return noreply;
  }

  /** What the encoder will need of the request; empty unless the decoder has set it since. */
  public Note note() {
    return note;
  }
}
