package dev.flagstone.datanode.store;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory the machine has left for us: what Linux and the control group tell. */
final class MachineMemory {

  private static final long UNLIMITED = Long.MAX_VALUE;

  /** What the process needs beside the items: heap, code, threads, network buffers. */
  private static final long PROCESS_BYTES = 192L << 20;

  private final Path root;
  private final long keptBytes;

  /** Reads the files under {@code root} instead of under {@code /}, and keeps nothing back. */
  MachineMemory(Path root) {
    this(root, 0);
  }

  private MachineMemory(Path root, long keptBytes) {
    this.root = root;
    this.keptBytes = keptBytes;
  }

  static MachineMemory system() {
    return new MachineMemory(Path.of("/"), PROCESS_BYTES);
  }

  /** Bytes that can be taken, or {@link Long#MAX_VALUE} where nothing tells. */
  long availableBytes() {
    long group =
        Math.min(
            left("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory.current"),
            left(
                "sys/fs/cgroup/memory/memory.limit_in_bytes",
                "sys/fs/cgroup/memory/memory.usage_in_bytes"));
    long available = Math.min(group, memAvailable());
    return available == UNLIMITED ? UNLIMITED : Math.max(0, available - keptBytes);
  }

  /** Bytes that the virtual machine lets direct buffers have in all. */
  static long directBytes() {
    HotSpotDiagnosticMXBean virtualMachine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String set = virtualMachine.getVMOption("MaxDirectMemorySize").getValue();
    long bytes = number(set, 0);
    return bytes > 0 ? bytes : Runtime.getRuntime().maxMemory();
  }

  private long memAvailable() {
    for (String line : lines("proc/meminfo")) {
      if (line.startsWith("MemAvailable:")) {
        return number(line.replaceAll("\\D", ""), UNLIMITED >> 10) << 10;
      }
    }
    return UNLIMITED;
  }

  private long left(String limitFile, String usageFile) {
    long limit = first(limitFile, UNLIMITED);
    return limit == UNLIMITED ? UNLIMITED : Math.max(0, limit - first(usageFile, 0));
  }

  private long first(String file, long otherwise) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? otherwise : number(lines.get(0).trim(), otherwise);
  }

  private static long number(String text, long otherwise) {
    // A limit that is none reads "max", or is a number that no machine reaches.
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
