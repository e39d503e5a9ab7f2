package dev.flagstone.launcher.cli;

import dev.flagstone.config.MemorySize;
import dev.flagstone.launcher.embedded.Embedded;
import dev.flagstone.launcher.embedded.EmbeddedWiring;
import dev.flagstone.launcher.embedded.ListenOptions;
import dev.flagstone.launcher.embedded.RunOptions;
import dev.flagstone.launcher.embedded.SiteConfig;
import dev.flagstone.launcher.embedded.StartException;
import dev.flagstone.time.TimeSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code flagstone run}: one process that serves memcache, in the foreground, until a signal ends
 * it.
 */
@Command(
    name = "run",
    description = {
      "Run a proxy and a data node in one process, with a demo cache to connect to.",
      "It stays in the foreground; SIGTERM or Ctrl-C ends it within 5 seconds with exit code 0."
    })
public final class RunCommand implements Callable<Integer> {

  /** Above {@code Embedded}'s own limit and below the 5 seconds that are promised. */
  private static final long STOP_TIMEOUT_MILLIS = 4_800;

  private static final int DEFAULT_TLS_PORT = 11_219;

  @Option(
      names = "--memcache-port",
      paramLabel = "PORT",
      defaultValue = "11211",
      converter = PortConverter.class,
      description = "Where clients log in (default: ${DEFAULT-VALUE}; 0 takes any free port).")
  private int memcachePort;

  @Option(
      names = "--bound-port",
      paramLabel = "PORT",
      defaultValue = "11311",
      converter = PortConverter.class,
      description = "Where the demo cache is open without a login (default: ${DEFAULT-VALUE}).")
  private int boundPort;

  @Option(
      names = "--tls-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description =
          "Where clients connect by TLS (default: 11219, or any free port if --memcache-port is 0).")
  private @Nullable Integer tlsPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "0",
      converter = PortConverter.class,
      description = "The Prometheus page, on loopback (default: any free port).")
  private int metricsPort;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = ListenOptions.LOOPBACK,
      description =
          "Where --memcache-port and --tls-port open (default: ${DEFAULT-VALUE}; 0.0.0.0 lets the network in).")
  private String bind = ListenOptions.LOOPBACK;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "256m",
      converter = MemorySizeConverter.class,
      description = "Memory for items, reserved at start; the demo cache's quota (default: 256m).")
  private MemorySize memory = new MemorySize(256 << 20);

  @Option(
      names = "--loops",
      paramLabel = "N",
      converter = LoopsConverter.class,
      description = "Event loops, 1..64 (default: one per processor).")
  private @Nullable Integer loops;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      hidden = true,
      defaultValue = "${sys:flagstone.conf:-}",
      description = "The file with the site's rules: conf/flagstone.properties.")
  private String conf = "";

  @Option(
      names = "--exit-when-ready",
      hidden = true,
      description = "Start, and end at once: to record the classes that a start loads.")
  private boolean exitWhenReady;

  @Mixin private DataOption data = new DataOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Override
  public Integer call() throws StartException, InterruptedException {
    RunOptions options = options();
    Embedded.Running running =
        Embedded.start(
            options,
            new EmbeddedWiring(Version.current(), TimeSource.system()),
            TimeSource.system());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> endProcess(running), "flagstone-shutdown"));
    summarize(options, running);
    if (!exitWhenReady) {
      new CountDownLatch(1).await(); // only a signal ends it
    }
    return ExitCode.OK;
  }

  private RunOptions options() throws StartException {
    int processors = Runtime.getRuntime().availableProcessors();
    SiteConfig site = conf.isEmpty() ? SiteConfig.defaults() : SiteConfig.load(Path.of(conf));
    return new RunOptions(
        data.directory,
        memory,
        loops == null ? Math.min(processors, RunOptions.MAX_LOOPS) : loops,
        new ListenOptions(
            bind,
            memcachePort,
            site.bound().address(),
            site.bound().enabled() ? boundPort : ListenOptions.OFF,
            metricsPort,
            site.tls().enabled() ? tlsPort() : ListenOptions.OFF),
        site);
  }

  private int tlsPort() {
    if (tlsPort != null) {
      return tlsPort;
    }
    return memcachePort == 0 ? 0 : DEFAULT_TLS_PORT;
  }

  /**
   * Ends the process with exit code 0, as an orderly end deserves; without this, the JVM's would be
   * 143 after SIGTERM, which supervisors take for a failure.
   */
  private static void endProcess(Embedded.Running running) {
    Thread closer = new Thread(running::close, "flagstone-stop");
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(STOP_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(closer.isAlive() ? ExitCode.SOFTWARE : ExitCode.OK);
  }

  private void summarize(RunOptions options, Embedded.Running running) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "Flagstone %s is ready: %s for items, %d event loops, %s sockets.%n",
        Version.current(),
        options.memory(),
        options.loops(),
        running.nativeTransport() ? "native" : "NIO");
    out.printf(
        "  log in    %s  as %s says%n", running.addresses().memcacheServer(), running.env().file());
    if (!running.addresses().tlsServer().isEmpty()) {
      out.printf("  TLS       %s%n", running.addresses().tlsServer());
    }
    if (!running.addresses().boundServer().isEmpty()) {
      out.printf("  no login  %s  the cache demo%n", running.addresses().boundServer());
    }
    out.printf("  metrics   %s%n", running.addresses().metricsUrl());
    out.printf("SIGTERM or Ctrl-C ends it.%n");
    out.flush();
  }
}
