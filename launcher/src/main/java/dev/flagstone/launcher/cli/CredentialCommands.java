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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flagstone credential ...}: who may use a cache. */
@Command(
    name = "credential",
    description = "Add, list, change and remove the credentials of a cache.",
    subcommands = {
      CredentialCommands.Add.class,
      CredentialCommands.ListAll.class,
      CredentialCommands.SetCapabilities.class,
      CredentialCommands.Promote.class,
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

  /** {@code credential set CACHE USERNAME}. */
  @Command(
      name = "set",
      description = "Change what a credential may do; sessions that are open follow.")
  static final class SetCapabilities implements Runnable {

    @Parameters(index = "0", paramLabel = "CACHE", description = "The cache's name or id.")
    String nameOrId = "";

    @Parameters(index = "1", paramLabel = "USERNAME", description = "The credential.")
    String username = "";

    @Option(names = "--write", negatable = true, description = "It may (not) store and change.")
    @Nullable Boolean write;

    @Option(names = "--flush", negatable = true, description = "It may (not) flush the cache.")
    @Nullable Boolean flush;

    @Option(names = "--api", negatable = true, description = "It may (not) use the API.")
    @Nullable Boolean api;

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec command;

    @Override
    public void run() {
      if (write == null && flush == null && api == null) {
        throw new ParameterException(
            command.commandLine(), "say what to change: --[no-]write, --[no-]flush, --[no-]api");
      }
      print(output, editor(data).changeCapabilities(nameOrId, username, this::changed));
    }

    private Set<Capability> changed(Set<Capability> before) {
      Set<Capability> after = EnumSet.noneOf(Capability.class);
      after.addAll(before);
      apply(after, Capability.WRITE, write);
      apply(after, Capability.FLUSH, flush);
      apply(after, Capability.API, api);
      return after;
    }

    private static void apply(
        Set<Capability> capabilities, Capability capability, @Nullable Boolean may) {
      if (may != null && may) {
        capabilities.add(capability);
      } else if (may != null) {
        capabilities.remove(capability);
      }
    }
  }

  /** {@code credential promote CACHE USERNAME}. */
  @Command(
      name = "promote",
      description = "Make a credential the primary one, for which the cache's token stands.")
  static final class Promote implements Runnable {

    @Parameters(index = "0", paramLabel = "CACHE", description = "The cache's name or id.")
    String nameOrId = "";

    @Parameters(index = "1", paramLabel = "USERNAME", description = "The credential.")
    String username = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      print(output, editor(data).promote(nameOrId, username));
    }
  }

  private static void print(Output output, Credential changed) {
    if (output.json) {
      output.json(Output.json(changed));
    } else {
      output.lines().println(Output.line(changed));
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
