package dev.flagstone.launcher.cli;

import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.launcher.registry.RegistryException;
import dev.flagstone.launcher.tls.DevelopmentCa;
import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import dev.flagstone.launcher.tls.TlsException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flagstone certs ...}: certificates of the development authority. */
@Command(
    name = "certs",
    description = "Issue certificates from the development authority of a data directory.",
    subcommands = {CertsCommands.Client.class})
public final class CertsCommands extends CommandGroup {

  /** {@code certs client USERNAME}. */
  @Command(
      name = "client",
      description = "Issue a certificate whose holder acts as a credential, without a login.")
  static final class Client implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "USERNAME", description = "The credential.")
    String username = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public Integer call() throws TlsException {
      SecureRandom random = new SecureRandom();
      boolean known =
          new RegistryEditor(data.directory, random)
              .caches().stream()
                  .flatMap(cache -> cache.credentials().stream())
                  .anyMatch(credential -> credential.username().equals(username));
      if (!known) {
        throw new RegistryException(
            "there is no credential " + username.replaceAll("\\p{Cntrl}", "?"));
      }
      Pair issued =
          new DevelopmentCa(data.directory, random).client(username, Clock.systemUTC().instant());
      if (output.json) {
        output.json(
            Output.object()
                .put("username", username)
                .put("certificate", issued.certificate().toString())
                .put("key", issued.key().toString()));
      } else {
        output.lines().println("certificate  " + issued.certificate());
        output.lines().println("key          " + issued.key());
      }
      return ExitCode.OK;
    }
  }
}
