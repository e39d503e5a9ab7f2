package dev.flagstone.protocol;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command that cannot be carried out, and how to go on behind it.
 *
 * @param fault what to tell the client, or null to tell nothing
 * @param form how to tell it, for the protocol's {@link Encoder}
 * @param consumed bytes that were looked at and are done with
 * @param recovery what to do with the bytes behind them
 * @param swallowBytes how many bytes to discard, for {@link Recovery#SWALLOW}, else 0
 * @param instead a command to be carried out, without a reply, before the client is told (the
 *     removal of an item whose new value was refused, so that no stale one stays); null for none
 */
public record Rejected(
    @Nullable Fault fault,
    long form,
    int consumed,
    Recovery recovery,
    long swallowBytes,
    @Nullable ItemCommand instead)
    implements DecodeResult {

  /** What to do with the bytes behind a rejected command. */
  public enum Recovery {
    /** Go on with them. */
    CONTINUE,
    /** Discard up to and including the next line end. */
    SKIP_LINE,
    /** Discard a known number of bytes. */
    SWALLOW,
    /** Close the connection once the client has been told. */
    CLOSE
  }

  /** A rejection behind which all goes on as if the command had been carried out. */
  public static Rejected andContinue(Fault fault, int consumed) {
    return new Rejected(fault, 0, consumed, Recovery.CONTINUE, 0, null);
  }

  /** A rejection of a line whose end has perhaps not arrived. */
  public static Rejected andSkipLine(Fault fault, int consumed) {
    return new Rejected(fault, 0, consumed, Recovery.SKIP_LINE, 0, null);
  }

  /** A rejection of a command whose payload of {@code swallowBytes} is still to come. */
  public static Rejected andSwallow(Fault fault, int consumed, long swallowBytes) {
    return new Rejected(fault, 0, consumed, Recovery.SWALLOW, swallowBytes, null);
  }

  /** A rejection that ends the connection. */
  public static Rejected andClose(@Nullable Fault fault, int consumed) {
    return new Rejected(fault, 0, consumed, Recovery.CLOSE, 0, null);
  }

  /** The same, told in this form. */
  public Rejected inForm(long newForm) {
    return new Rejected(fault, newForm, consumed, recovery, swallowBytes, instead);
  }

  /** The same, with a command to be carried out first. */
  public Rejected instead(ItemCommand command) {
    return new Rejected(fault, form, consumed, recovery, swallowBytes, command);
  }

  /** The same, without a word to the client. */
  public Rejected silently() {
    return new Rejected(null, form, consumed, recovery, swallowBytes, instead);
  }
}
