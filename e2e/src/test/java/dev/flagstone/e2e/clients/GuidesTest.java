package dev.flagstone.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the guides say of each program whether a test runs it, and say so truthfully. */
final class GuidesTest {

  private static final Pattern BLOCK = Pattern.compile("(?m)^(.*)\n```(\\w+)\n");

  @Test
  void everyProgram_saysWhetherItIsTested() throws IOException {
    for (Guide guide : Guide.pages()) {
      for (MatchResult block : BLOCK.matcher(guide.text()).results().toList()) {
        if (block.group(2).equals("sh") && !block.group(1).startsWith("<!--")) {
          continue; // the operator's commands, which have tests of their own
        }
        assertThat(block.group(1))
            .as("%s, before a block of %s", guide, block.group(2))
            .matches("<!-- (tested: \\S+|not tested: .+) -->");
      }
    }
  }

  @Test
  void everyTestedSnippet_isNamedByATest() throws IOException {
    StringBuilder tests = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("src/test/java/dev/flagstone/e2e/clients"))) {
      for (Path file : files.toList()) {
        tests.append(Files.readString(file));
      }
    }
    int count = 0;
    for (Guide guide : Guide.pages()) {
      for (String name : guide.tested()) {
        assertThat(tests).as("tests of %s", guide).contains('"' + name + '"');
        count++;
      }
    }
    assertThat(count).isGreaterThan(15);
  }
}
