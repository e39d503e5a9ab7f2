package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.files.IoReason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The settings of a properties file, each asked for by its type and range. */
final class Settings {

  private final Path file;
  private final Properties properties;
  private final Set<String> known = new HashSet<>();

  private Settings(Path file, Properties properties) {
    this.file = file;
    this.properties = properties;
  }

  /** No settings at all, so that everything has its default. */
  static Settings none() {
    return new Settings(Path.of(""), new Properties());
  }

  static Settings load(Path file) throws StartException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new StartException("cannot read " + file + ": " + IoReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + " is malformed: " + e.getMessage(), e);
    }
    return new Settings(file, properties);
  }

  Path file() {
    return file;
  }

  String text(String name, String otherwise) {
    known.add(name);
    return properties.getProperty(name, otherwise).strip();
  }

  boolean flag(String name, boolean otherwise) throws StartException {
    String value = text(name, Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new StartException(file + ": " + name + " is true or false, not " + value);
    };
  }

  int number(String name, int otherwise, int min, int max) throws StartException {
    String value = text(name, Integer.toString(otherwise));
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new StartException(
        file + ": " + name + " is a number from " + min + " to " + max + ", not " + value);
  }

  /** Paths between commas, which count from the file's own directory. */
  List<Path> paths(String name) {
    return Arrays.stream(text(name, "").split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(file.toAbsolutePath()::resolveSibling)
        .toList();
  }

  /** Refuses what nobody has asked for: a setting with a slip in its name would not count. */
  void refuseUnknown() throws StartException {
    for (String name : properties.stringPropertyNames()) {
      if (!known.contains(name)) {
        throw new StartException(file + " has the unknown setting " + name);
      }
    }
  }
}
