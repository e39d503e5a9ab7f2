package dev.flagstone.launcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.flagstone.launcher.registry.IssuedCredential;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flagstone credential ...}: who may use a cache. */
@Command(
    name = "credential",
    description = "Add, list and remove the credentials of a cache.",
    subcommands = {
      CredentialCommands.Add.class,
      CredentialCommands.ListAll.class,
      CredentialCommands.Remove.class
    })
public final class CredentialCommands extends CommandGroup {

  /** {@code credential add CACHE}. */
  @Command(
      name = "add",
      description = "Give a cache one credential more, and print its password this once.")
  static final class Add implements Runnable {

    @Parameters(index = "0", paramLabel = "CACHE", description = "The cache's name or id.")
    String nameOrId = "";

    @Option(names = "--read-only", description = "It may read, but not write or flush.")
    boolean readOnly;

    @Option(names = "--no-flush", description = "It may not flush the cache.")
    boolean noFlush;

    @Option(names = "--no-api", description = "It may not use the management API.")
    boolean noApi;

    @Mixin CredentialOptions credential = new CredentialOptions();
    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      IssuedCredential issued =
          editor(data).addCredential(nameOrId, credential.request(capabilities()));
      IssuedReport.print(output, issued, credential.passwordGiven(), "has a new credential");
    }

    private Set<Capability> capabilities() {
      Set<Capability> capabilities = EnumSet.allOf(Capability.class);
      if (readOnly) {
        capabilities.remove(Capability.WRITE);
      }
      if (readOnly || noFlush) {
        capabilities.remove(Capability.FLUSH); // flushing changes more than any write
      }
      if (noApi) {
        capabilities.remove(Capability.API);
      }
      return capabilities;
    }
  }

  /** {@code credential list CACHE}. */
  @Command(name = "list", description = "List the credentials of a cache.")
  static final class ListAll implements Runnable {

    @Parameters(index = "0", paramLabel = "CACHE", description = "The cache's name or id.")
    String nameOrId = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      List<Credential> credentials = editor(data).cache(nameOrId).credentials();
      if (output.json) {
        ArrayNode all = Output.array();
        credentials.forEach(credential -> all.add(Output.json(credential)));
        output.json(all);
      } else {
        credentials.forEach(credential -> output.lines().println(Output.line(credential)));
      }
    }
  }

  /** {@code credential remove CACHE USERNAME}. */
  @Command(
      name = "remove",
      description = "Remove a credential; the primary one stays as long as its cache.")
  static final class Remove implements Runnable {

    @Parameters(index = "0", paramLabel = "CACHE", description = "The cache's name or id.")
    String nameOrId = "";

    @Parameters(index = "1", paramLabel = "USERNAME", description = "The credential.")
    String username = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      Credential removed = editor(data).removeCredential(nameOrId, username);
      if (output.json) {
        output.json(Output.json(removed));
      } else {
        output.lines().println("Removed credential " + removed.username() + ".");
      }
    }
  }

  private static RegistryEditor editor(DataOption data) {
    return new RegistryEditor(data.directory, new SecureRandom());
  }
}
