package dev.flagstone.e2e.clients;

import dev.flagstone.e2e.kit.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One page of docs/clients. Above each of its snippets that a test runs stands {@code <!-- tested:
 * name -->}, above any other program {@code <!-- not tested: reason -->}.
 */
final class Guide {

  private static final Path DIRECTORY = Distribution.project().resolve("docs/clients");
  private static final Pattern SNIPPET =
      Pattern.compile("(?s)<!-- tested: (\\S+) -->\n```\\w+\n(.*?)```\n");

  private final Path page;
  private final String text;

  private Guide(Path page) throws IOException {
    this.page = page;
    this.text = Files.readString(page);
  }

  static Guide page(String name) throws IOException {
    return new Guide(DIRECTORY.resolve(name));
  }

  static List<Guide> pages() throws IOException {
    List<Guide> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.sorted().toList()) {
        pages.add(new Guide(file));
      }
    }
    return pages;
  }

  String text() {
    return text;
  }

  /** The snippet of this name, as people copy it. */
  String snippet(String name) {
    Matcher snippets = SNIPPET.matcher(text);
    while (snippets.find()) {
      if (snippets.group(1).equals(name)) {
        return snippets.group(2);
      }
    }
    throw new AssertionError(page + " has no tested snippet " + name);
  }

  /** The names of all that are said to be tested. */
  List<String> tested() {
    return SNIPPET.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Override
  public String toString() {
    return String.valueOf(page.getFileName());
  }
}
