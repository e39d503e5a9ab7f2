package dev.flagstone.launcher.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold subcommands: without one, it says that one is missing. */
public abstract class CommandGroup implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  /** Made by picocli. */
  protected CommandGroup() {}

  @Override
  public final void run() {
    String subcommands = String.join(", ", command.subcommands().keySet());
    throw new ParameterException(command.commandLine(), "say which of these: " + subcommands);
  }
}
