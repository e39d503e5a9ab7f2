package dev.flagstone.launcher.cli;

import dev.flagstone.launcher.embedded.SiteConfig;
import dev.flagstone.launcher.embedded.StartException;
import dev.flagstone.launcher.registry.IssuedToken;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.tenancy.Cache;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flagstone cache token ...}: server names that open a cache without a login. */
@Command(
    name = "token",
    description = "Enable, rotate, disable and show the token in a cache's server name.",
    subcommands = {
      TokenCommands.Enable.class,
      TokenCommands.Rotate.class,
      TokenCommands.Disable.class,
      TokenCommands.Show.class
    })
public final class TokenCommands extends CommandGroup {

  /** What all of them are told. */
  abstract static class OfOneCache implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME|ID", description = "The cache.")
    String nameOrId = "";

    @Option(
        names = "--conf",
        paramLabel = "FILE",
        hidden = true,
        defaultValue = "${sys:flagstone.conf:-}",
        description = "The file with the site's rules: conf/flagstone.properties.")
    String conf = "";

    @Mixin DataOption data = new DataOption();
    @Mixin Output output = new Output();

    RegistryEditor editor() {
      return new RegistryEditor(data.directory, new SecureRandom());
    }

    String domain() throws StartException {
      SiteConfig site = conf.isEmpty() ? SiteConfig.defaults() : SiteConfig.load(Path.of(conf));
      return site.tls().domain();
    }

    int print(IssuedToken issued) throws StartException {
      Cache cache = issued.cache();
      String server = issued.token() + "." + domain();
      if (output.json) {
        output.json(Output.json(cache).put("token", issued.token()).put("serverName", server));
        return ExitCode.OK;
      }
      PrintWriter lines = output.lines();
      lines.println("Cache " + cache.id() + " " + cache.name() + " has a new token.");
      lines.println("token        " + issued.token());
      lines.println("server name  " + server);
      lines.println("The token is kept nowhere: note it now. Whoever has it needs no login.");
      return ExitCode.OK;
    }

    int print(Cache cache) {
      boolean on = cache.token() != null;
      if (output.json) {
        output.json(Output.json(cache).put("tokenEnabled", on));
      } else {
        output.lines().println("Cache " + cache.id() + " " + cache.name() + ": token " + word(on));
      }
      return ExitCode.OK;
    }

    private static String word(boolean on) {
      return on ? "enabled" : "disabled";
    }
  }

  /** {@code cache token enable}. */
  @Command(name = "enable", description = "Make a token, and print it this once.")
  static final class Enable extends OfOneCache {

    @Override
    public Integer call() throws StartException {
      return print(editor().enableToken(nameOrId));
    }
  }

  /** {@code cache token rotate}. */
  @Command(
      name = "rotate",
      description = "Make another token, and close the sessions of the old one.")
  static final class Rotate extends OfOneCache {

    @Override
    public Integer call() throws StartException {
      return print(editor().rotateToken(nameOrId));
    }
  }

  /** {@code cache token disable}. */
  @Command(name = "disable", description = "Take the token away, and close its sessions.")
  static final class Disable extends OfOneCache {

    @Override
    public Integer call() {
      return print(editor().disableToken(nameOrId));
    }
  }

  /** {@code cache token show}. */
  @Command(name = "show", description = "Tell whether the cache has a token, but not which.")
  static final class Show extends OfOneCache {

    @Override
    public Integer call() {
      return print(editor().cache(nameOrId));
    }
  }
}
