package dev.flagstone.launcher.registry;

import dev.flagstone.launcher.files.FileMutex;
import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The registry file of one data directory.
 *
 * <p>Readers take no lock: a change is a rename, so they see one version or the next. A writer
 * holds {@code registry.lock} from its reading to its rename, so each version was made from the one
 * before it, whichever processes are at work.
 */
final class RegistryStore {

  static final String FILE = "registry.json";
  static final String LOCK_FILE = "registry.lock";

  private static final long MAX_BYTES = 256L << 20;
  private static final long LOCK_TIMEOUT_MILLIS = 10_000;

  /** What a change makes: the next table, and what the caller wants to know of it. */
  record Change<T>(RegistryTable next, T result) {}

  /** What changes whenever the file was written; all fields null or 0 if there is no file. */
  record Fingerprint(@Nullable FileTime modified, long bytes, @Nullable Object fileKey) {

    static final Fingerprint ABSENT = new Fingerprint(null, 0, null);
  }

  private final Path directory;
  private final Path file;

  RegistryStore(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
  }

  Path file() {
    return file;
  }

  Fingerprint fingerprint() throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Fingerprint(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (NoSuchFileException e) {
      return Fingerprint.ABSENT;
    }
  }

  /**
   * Reads the newest version; the empty table if there is no file.
   *
   * @throws RegistryException if the file cannot be read or understood
   */
  RegistryTable read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new RegistryException(file + " is larger than any registry");
      }
      return RegistryJson.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return RegistryTable.EMPTY;
    } catch (IOException e) {
      throw new RegistryException("cannot read " + file + ": " + IoReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(file + " is malformed: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the next version from the newest one and writes it.
   *
   * @param change gets the newest version and returns the one after it; runs under the lock
   * @throws RegistryException if the change refuses, or the file cannot be read or written
   */
  <T> T update(Function<RegistryTable, Change<T>> change) {
    try {
      PrivateFiles.createDirectory(directory);
      FileMutex mutex = lock();
      try {
        return updateLocked(change);
      } finally {
        mutex.close();
      }
    } catch (IOException e) {
      throw new RegistryException("cannot change " + file + ": " + IoReason.of(e), e);
    }
  }

  private <T> T updateLocked(Function<RegistryTable, Change<T>> change) throws IOException {
    RegistryTable newest = read();
    Change<T> made = change.apply(newest);
    if (made.next().version() != newest.version() + 1) {
      throw new IllegalStateException("a change makes the next version");
    }
    PrivateFiles.replace(file, RegistryJson.encode(made.next()));
    return made.result();
  }

  private FileMutex lock() throws IOException {
    Path lock = directory.resolve(LOCK_FILE);
    return FileMutex.acquire(lock, LOCK_TIMEOUT_MILLIS)
        .orElseThrow(() -> new RegistryException(lock + " is held by another process"));
  }
}
