package dev.flagstone.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the word {@code synchronized} in the sources of confined packages. A block leaves no trace
 * that ArchUnit sees, so this one rule reads text.
 */
final class SynchronizedSources {
  private static final Pattern COMMENT = Pattern.compile("//[^\n]*|(?s:/\\*.*?\\*/)");
  private static final Pattern KEYWORD = Pattern.compile("\\bsynchronized\\b");

  private SynchronizedSources() {}

  static List<Path> in(List<Path> sourceRoots, String rootPackage) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path sourceRoot : sourceRoots) {
      for (String confined : Walls.CONFINED) {
        String name = rootPackage + "." + confined.substring(0, confined.indexOf(".."));
        found.addAll(below(sourceRoot.resolve(name.replace('.', '/'))));
      }
    }
    return found;
  }

  private static List<Path> below(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        if (KEYWORD.matcher(code).find()) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
