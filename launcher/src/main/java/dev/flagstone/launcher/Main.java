package dev.flagstone.launcher;

import dev.flagstone.launcher.cli.CacheCommands;
import dev.flagstone.launcher.cli.CertsCommands;
import dev.flagstone.launcher.cli.CommandGroup;
import dev.flagstone.launcher.cli.CredentialCommands;
import dev.flagstone.launcher.cli.FailureReport;
import dev.flagstone.launcher.cli.RunCommand;
import dev.flagstone.launcher.cli.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The entry point of the package: the server and the operator's command line. */
@Command(
    name = "flagstone",
    description = "Memcache as a service that a team runs itself.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      CacheCommands.class,
      CredentialCommands.class,
      CertsCommands.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; for run: ended by a signal",
      "1:it failed, and one line says why",
      "2:the arguments are wrong"
    })
public final class Main extends CommandGroup {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, ready to execute; tests give it other writers. */
  static CommandLine commandLine() {
    FailureReport failures = new FailureReport();
    return new CommandLine(new Main())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setUsageHelpAutoWidth(true);
  }
}
