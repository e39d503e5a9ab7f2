package dev.flagstone.e2e.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the kernel tells of a process under {@code /proc}. */
public final class ProcessFacts {

  /** A connection that the other side has closed and this one has not. */
  public static final String CLOSE_WAIT = "08";

  private final Path proc;

  ProcessFacts(long pid) {
    this.proc = Path.of("/proc", Long.toString(pid));
  }

  /** Its id. */
  public long pid() {
    return Long.parseLong(String.valueOf(proc.getFileName()));
  }

  /** The memory that it really has, in bytes. */
  public long rssBytes() throws IOException {
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new AssertionError("no VmRSS");
  }

  /** The bytes of the objects that are alive on its heap, after a full collection. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    String histogram =
        Subprocess.run(
                Duration.ofSeconds(30),
                Map.of(),
                List.of(jcmd, Long.toString(pid()), "GC.class_histogram"))
            .succeeded()
            .out();
    String total = histogram.strip().lines().reduce((first, last) -> last).orElse("");
    String[] columns = total.strip().split("\\s+", -1); // Total INSTANCES BYTES
    return Long.parseLong(columns[2]);
  }

  /** How many files and sockets it has open. */
  public int openFiles() throws IOException {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return (int) files.count();
    }
  }

  /** Its command line, the words separated by spaces. */
  public String commandLine() throws IOException {
    return read("cmdline");
  }

  /** Its environment. */
  public String environment() throws IOException {
    return read("environ");
  }

  private String read(String file) throws IOException {
    return new String(Files.readAllBytes(proc.resolve(file)), UTF_8).replace('\0', ' ');
  }

  /** How many sockets of this local port are in a state, such as {@link #CLOSE_WAIT}. */
  public static long sockets(int localPort, String state) throws IOException {
    String port = ":" + "%04X".formatted(localPort).toUpperCase(Locale.ROOT);
    return Stream.concat(table("tcp").stream(), table("tcp6").stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length > 9 && columns[1].endsWith(port))
        .filter(columns -> columns[3].equals(state))
        .count();
  }

  /** How many UDP sockets it has. */
  public long udpSockets() throws IOException {
    Set<String> inodes = socketInodes();
    return Stream.concat(table("udp").stream(), table("udp6").stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length > 9 && inodes.contains(columns[9]))
        .count();
  }

  private Set<String> socketInodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      for (Path file : files.toList()) {
        String target = link(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed since it was listed
    }
  }

  private static List<String> table(String name) throws IOException {
    Path file = Path.of("/proc/net", name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
