package dev.flagstone.launcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstone.config.MemorySize;
import dev.flagstone.launcher.registry.IssuedCredential;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Quota;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flagstone cache ...}: the caches of a registry. */
@Command(
    name = "cache",
    description = "Create, list, show and delete caches.",
    subcommands = {
      CacheCommands.Create.class,
      CacheCommands.ListAll.class,
      CacheCommands.Show.class,
      CacheCommands.Delete.class,
      TokenCommands.class
    })
public final class CacheCommands extends CommandGroup {

  /** {@code cache create NAME --quota SIZE}. */
  @Command(
      name = "create",
      description = "Create a cache with a primary credential, and print its password this once.")
  static final class Create implements Runnable {

    @Parameters(index = "0", paramLabel = "NAME", description = "The cache's name.")
    String name = "";

    @Option(
        names = "--quota",
        required = true,
        paramLabel = "SIZE",
        converter = QuotaConverter.class,
        description = "The memory that its items may take, such as 64m.")
    Quota quota = new Quota(Quota.MIN_BYTES);

    @Mixin CredentialOptions credential = new CredentialOptions();
    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      IssuedCredential issued =
          editor(data)
              .createCache(name, quota, credential.request(EnumSet.allOf(Capability.class)));
      IssuedReport.print(output, issued, credential.passwordGiven(), "created");
    }
  }

  /** {@code cache list}. */
  @Command(name = "list", description = "List all caches.")
  static final class ListAll implements Runnable {

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      List<Cache> caches = editor(data).caches();
      if (output.json) {
        ArrayNode all = Output.array();
        caches.forEach(cache -> all.add(withCredentials(cache)));
        output.json(all);
        return;
      }
      String form = "%6s  %-24s  %10s  %s%n";
      output.lines().printf(form, "id", "name", "quota", "credentials");
      for (Cache cache : caches) {
        String quota = new MemorySize(cache.quota().bytes()).toString();
        output.lines().printf(form, cache.id(), cache.name(), quota, cache.credentials().size());
      }
    }
  }

  /** {@code cache show NAME|ID}. */
  @Command(name = "show", description = "Show one cache and its credentials.")
  static final class Show implements Runnable {

    @Parameters(index = "0", paramLabel = "NAME|ID", description = "The cache.")
    String nameOrId = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Override
    public void run() {
      Cache cache = editor(data).cache(nameOrId);
      if (output.json) {
        output.json(withCredentials(cache));
        return;
      }
      output.lines().println("id     " + cache.id());
      output.lines().println("name   " + cache.name());
      output.lines().println("quota  " + Output.quota(cache.quota()));
      if (cache.token() != null) {
        output.lines().println("token  enabled");
      }
      cache
          .credentials()
          .forEach(credential -> output.lines().println("       " + Output.line(credential)));
    }
  }

  /** {@code cache delete NAME|ID [--yes]}. */
  @Command(name = "delete", description = "Delete a cache with its credentials and items.")
  static final class Delete implements Runnable {

    @Parameters(index = "0", paramLabel = "NAME|ID", description = "The cache.")
    String nameOrId = "";

    @Option(names = "--yes", description = "Really delete it.")
    boolean yes;

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec command;

    @Override
    public void run() {
      RegistryEditor editor = editor(data);
      Cache cache = editor.cache(nameOrId);
      if (!yes) {
        throw new ParameterException(
            command.commandLine(),
            "this deletes cache " + cache.name() + " and all its items: add --yes to do it");
      }
      editor.deleteCache(cache.id().toString());
      if (output.json) {
        output.json(Output.json(cache));
      } else {
        output.lines().println("Deleted cache " + cache.id() + " " + cache.name() + ".");
      }
    }
  }

  private static RegistryEditor editor(DataOption data) {
    return new RegistryEditor(data.directory, new SecureRandom());
  }

  private static ObjectNode withCredentials(Cache cache) {
    ObjectNode node = Output.json(cache);
    ArrayNode credentials = node.putArray("credentials");
    cache.credentials().forEach(credential -> credentials.add(Output.json(credential)));
    return node;
  }
}
