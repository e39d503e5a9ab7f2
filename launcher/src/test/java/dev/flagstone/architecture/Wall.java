package dev.flagstone.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/**
 * A rule about packages below some root, so that the same rule holds the product and is proved on a
 * fixture. The fixture of a wall is the package {@code dev.flagstone.archfixture.<name>}.
 */
record Wall(String name, Function<String, ArchRule> rule) {
  static final String FIXTURES = "dev.flagstone.archfixture";

  ArchRule below(String root) {
    return rule.apply(root).allowEmptyShould(true);
  }

  String fixtureRoot() {
    return FIXTURES + "." + name;
  }

  @Override
  public String toString() {
    return name;
  }
}
