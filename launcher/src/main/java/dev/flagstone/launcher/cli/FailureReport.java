package dev.flagstone.launcher.cli;

import dev.flagstone.launcher.embedded.StartException;
import dev.flagstone.launcher.registry.RegistryException;
import dev.flagstone.launcher.tls.TlsException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Failures as lines on standard error: one line for what an operator can mend, the stack trace only
 * for what is a defect of Flagstone.
 */
public final class FailureReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .println(line(failure) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (failure instanceof StartException
        || failure instanceof RegistryException
        || failure instanceof TlsException) {
      err.println(line(failure));
    } else {
      err.println("flagstone: a defect, please report it:");
      failure.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private static String line(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return "flagstone: " + message.lines().findFirst().orElse("");
  }
}
