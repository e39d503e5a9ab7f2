package dev.flagstone.launcher.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes, and between the threads of this one, that stands for a file.
 *
 * <p>The operating system's locks belong to a process, not to a thread or a channel, and closing
 * <em>any</em> channel of a file gives up the process's lock on it. So a file that this process has
 * locked is never opened a second time: the set of held files says so first.
 */
public final class FileMutex implements AutoCloseable {

  private static final long RETRY_MILLIS = 5;
  private static final Set<Path> HELD = new HashSet<>(); // guarded by itself

  private final Path file;
  private final FileChannel channel;

  private FileMutex(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, or returns empty at once if somebody has it. The file's directory must exist.
   */
  public static Optional<FileMutex> tryAcquire(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (directory == null || name == null) {
      throw new IOException(file + " is no file");
    }
    Path real = directory.toRealPath().resolve(name);
    synchronized (HELD) {
      if (!HELD.add(real)) {
        return Optional.empty();
      }
    }
    boolean acquired = false;
    FileChannel channel = null;
    try {
      channel = PrivateFiles.openOrCreate(real);
      FileLock lock = channel.tryLock();
      acquired = lock != null;
      return acquired ? Optional.of(new FileMutex(real, channel)) : Optional.empty();
    } finally {
      if (!acquired) {
        release(real, channel);
      }
    }
  }

  /** Takes the lock, waiting up to {@code timeoutMillis}; empty if somebody kept it. */
  public static Optional<FileMutex> acquire(Path file, long timeoutMillis) throws IOException {
    long deadlineNanos = System.nanoTime() + timeoutMillis * 1_000_000;
    while (true) {
      Optional<FileMutex> mutex = tryAcquire(file);
      if (mutex.isPresent() || System.nanoTime() - deadlineNanos >= 0) {
        return mutex;
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  /** Gives the lock up. The file stays: removing it would let two processes lock two files. */
  @Override
  public void close() throws IOException {
    release(file, channel);
  }

  private static void release(Path file, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      synchronized (HELD) {
        HELD.remove(file);
      }
    }
  }
}
