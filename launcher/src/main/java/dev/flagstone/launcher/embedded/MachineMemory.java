package dev.flagstone.launcher.embedded;

import com.sun.management.OperatingSystemMXBean;
import dev.flagstone.config.MemorySize;
import dev.flagstone.tenancy.Quota;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the machine, or the container, has the memory that a start asks for. Slabs are reserved
 * whole at start, and a reservation that the machine cannot honour would end later, at a random
 * moment, by the kernel's hand.
 */
final class MachineMemory {

  /** What the process needs beside the items: heap in use, code, threads, network buffers. */
  static final long OVERHEAD_BYTES = 192L << 20;

  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");

  private MachineMemory() {}

  /** What can be taken now, in bytes: what the machine has available and the container allows. */
  static long availableBytes() {
    long allowed =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize() // knows of a container's limit
            : Long.MAX_VALUE;
    return Math.min(allowed, kernelAvailableBytes().orElse(Long.MAX_VALUE));
  }

  private static OptionalLong kernelAvailableBytes() {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .map(AVAILABLE::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux
    }
  }

  /** Refuses a size that does not fit into {@code availableBytes}, or into which no item fits. */
  static void check(MemorySize memory, long availableBytes) throws StartException {
    if (memory.bytes() < Quota.MIN_BYTES) {
      throw new StartException(
          "--memory "
              + memory
              + " is too small: at least "
              + new MemorySize(Quota.MIN_BYTES)
              + " is needed");
    }
    long largest = Math.max(0, availableBytes - OVERHEAD_BYTES);
    if (memory.bytes() > largest) {
      throw new StartException(
          "--memory "
              + memory
              + " cannot be honoured: this machine has room for "
              + new MemorySize(largest >> 20 << 20)
              + " now");
    }
  }
}
