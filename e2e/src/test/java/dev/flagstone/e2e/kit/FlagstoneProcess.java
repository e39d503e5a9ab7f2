package dev.flagstone.e2e.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real product in a process of its own, started by {@code scripts/run}. */
public final class FlagstoneProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(40);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** How a server ended. */
  public record Stopped(int exitCode, long millis) {}

  private final Process process;
  private final Path data;
  private final Output out;
  private final Output err;
  private Map<String, String> env = Map.of();
  private long startMillis;

  private FlagstoneProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
    this.out = new Output(process.getInputStream(), "server-out");
    this.err = new Output(process.getErrorStream(), "server-err");
  }

  /** Starts a server on a new data directory, on free ports, and waits until it is ready. */
  public static FlagstoneProcess start(String... options) throws Exception {
    return start(Distribution.newDirectory("data"), Map.of(), options);
  }

  /** The same on this data directory, with this added to the environment. */
  public static FlagstoneProcess start(
      Path data, Map<String, String> environment, String... options) throws Exception {
    long begun = System.nanoTime();
    FlagstoneProcess server = launch(data, environment, options);
    boolean ready = false;
    try {
      server.awaitReady();
      server.startMillis = Waiting.millisSince(begun);
      server.env = parse(Files.readAllLines(data.resolve("demo.env")));
      ready = true;
      return server;
    } finally {
      if (!ready) {
        server.close();
      }
    }
  }

  /** Starts one that is expected not to come up, and tells how it ended. */
  public static Subprocess.Outcome attempt(Path data, String... options) throws Exception {
    FlagstoneProcess server = launch(data, Map.of(), options);
    try {
      if (!server.process.waitFor(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it runs, but should have refused to:\n" + server.out);
      }
      server.out.finish();
      server.err.finish();
      return new Subprocess.Outcome(
          server.process.exitValue(), server.out.text(), server.err.text());
    } finally {
      server.close();
    }
  }

  private static FlagstoneProcess launch(
      Path data, Map<String, String> environment, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Distribution.staged().script("run").toString());
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of(options));
    for (String port : List.of("--memcache-port", "--bound-port")) {
      if (!command.contains(port)) {
        command.addAll(List.of(port, "0"));
      }
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("FLAGSTONE_JVM_OPTS");
    builder.environment().remove("FLAGSTONE_LOG_LEVEL");
    builder.environment().putAll(Distribution.environment());
    builder.environment().putAll(environment);
    return new FlagstoneProcess(builder.start(), data);
  }

  private void awaitReady() throws Exception {
    Waiting.until(
        "the server is ready",
        START_TIMEOUT,
        () -> {
          if (!process.isAlive()) {
            err.finish();
            throw new AssertionError("the server ended instead of starting:\n" + out + err);
          }
          return out.text().contains("SIGTERM or Ctrl-C ends it.\n");
        });
  }

  private static Map<String, String> parse(List<String> lines) {
    Map<String, String> variables = new HashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      variables.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return Map.copyOf(variables);
  }

  /** What {@code demo.env} says. */
  public Map<String, String> env() {
    return env;
  }

  private String variable(String name) {
    String value = env.get(name);
    if (value == null) {
      throw new AssertionError("demo.env lacks " + name);
    }
    return value;
  }

  /** The username of the demo cache. */
  public String username() {
    return variable("MEMCACHIER_USERNAME");
  }

  /** The password of the demo cache. */
  public String password() {
    return variable("MEMCACHIER_PASSWORD");
  }

  /** Where clients log in. */
  public int memcachePort() {
    return portOf("MEMCACHIER_SERVERS");
  }

  /** Where the demo cache is open without a login. */
  public int boundPort() {
    return portOf("FLAGSTONE_BOUND_SERVER");
  }

  private int portOf(String name) {
    String server = variable(name);
    return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
  }

  /** Its metrics now. */
  public Metrics metrics() throws Exception {
    return Metrics.scrape(variable("FLAGSTONE_METRICS_URL"));
  }

  /** A client of the demo cache, without a login. */
  public RawClient connect() throws IOException {
    return RawClient.connect(boundPort());
  }

  /** A client that has logged in. */
  public RawClient login(String username, String password) throws IOException {
    return RawClient.connect(memcachePort()).login(username, password);
  }

  /**
   * A client that has logged in to a cache created just now, which takes up to a second to know.
   */
  public RawClient awaitLogin(CommandLine.Issued credential) throws Exception {
    String username = credential.username();
    String password = credential.password();
    List<RawClient> clients = new ArrayList<>();
    Waiting.until(
        "the new credential logs in",
        Duration.ofSeconds(1),
        () -> {
          RawClient client = RawClient.connect(memcachePort());
          String login =
              "set " + username + " 0 0 " + password.length() + "\r\n" + password + "\r\n";
          if (client.exchange(login).equals("STORED")) {
            return clients.add(client);
          }
          client.close();
          Thread.sleep(100); // a failed login counts against the source
          return false;
        });
    return clients.get(0);
  }

  /** Its data directory. */
  public Path data() {
    return data;
  }

  /** Its standard output. */
  public Output out() {
    return out;
  }

  /** Its standard error: the log. */
  public Output err() {
    return err;
  }

  /** How long it took from the start of the script until it was ready. */
  public long startMillis() {
    return startMillis;
  }

  /** What the kernel knows of it. */
  public ProcessFacts facts() {
    return new ProcessFacts(process.pid());
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it by SIGTERM. */
  public Stopped stop() throws InterruptedException {
    long begun = System.nanoTime();
    process.destroy();
    if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("SIGTERM did not end it within " + STOP_TIMEOUT);
    }
    long millis = Waiting.millisSince(begun);
    out.finish();
    err.finish();
    return new Stopped(process.exitValue(), millis);
  }

  /** Ends it by SIGTERM, and fails unless it ended well and logged no stack trace. */
  public void endCleanly() throws InterruptedException {
    try {
      Stopped stopped = stop();
      if (stopped.exitCode() != 0 || !err.stackTraceLines().isEmpty()) {
        throw new AssertionError("it ended with " + stopped + " and logged\n" + err);
      }
    } finally {
      kill();
    }
  }

  /** Ends it by SIGKILL, if it runs. */
  public void kill() {
    process.destroyForcibly();
    var unused = process.onExit().orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
