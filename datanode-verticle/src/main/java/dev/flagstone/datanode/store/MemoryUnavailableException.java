package dev.flagstone.datanode.store;

import dev.flagstone.config.MemorySize;
import org.jspecify.annotations.Nullable;

/** A start that asks for memory that is not there. Its message is one sentence for the operator. */
public final class MemoryUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private MemoryUnavailableException(String message) {
    super(message);
  }

  private MemoryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static MemoryUnavailableException tooLittle(long bytes, long least) {
    return new MemoryUnavailableException(
        "memory of " + size(bytes) + " is too little, it takes at least " + size(least));
  }

  static MemoryUnavailableException tooMuch(long bytes, long most) {
    return new MemoryUnavailableException(
        "memory of " + size(bytes) + " is more than the " + size(most) + " that a node can use");
  }

  static MemoryUnavailableException notAvailable(long bytes, long available) {
    return new MemoryUnavailableException(
        "memory of "
            + size(bytes)
            + " cannot be reserved, only "
            + size(available)
            + " are available on this machine");
  }

  static MemoryUnavailableException refused(long bytes, @Nullable Throwable cause) {
    return new MemoryUnavailableException(
        "memory of "
            + size(bytes)
            + " was refused by the Java virtual machine, start it with a larger"
            + " -XX:MaxDirectMemorySize",
        cause);
  }

  private static String size(long bytes) {
    return new MemorySize(bytes < 1 << 20 ? bytes : bytes >> 20 << 20).toString();
  }
}
