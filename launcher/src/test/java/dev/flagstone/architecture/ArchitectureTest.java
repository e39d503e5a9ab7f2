package dev.flagstone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String ROOT = "dev.flagstone";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @MethodSource("mainWalls")
  void product_keepsTheWall(Wall wall) {
    wall.below(ROOT).check(MAIN);
  }

  @Test
  void import_findsTheProduct() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName))
        .contains("dev.flagstone.item")
        .noneMatch(name -> name.startsWith(Wall.FIXTURES));
  }

  @Test
  void tests_areNeverDisabled() throws IOException {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/archfixture/"))
            .importPaths(directoriesOfModules("target/test-classes"));
    assertThat(tests.contain(ArchitectureTest.class)).isTrue();
    Walls.TESTS.below(ROOT).check(tests);
  }

  @Test
  void confinedSources_haveNoSynchronizedBlock() throws IOException {
    assertThat(SynchronizedSources.in(directoriesOfModules("src/main/java"), ROOT)).isEmpty();
  }

  /** A class {@code Bad...} of the fixture breaks the wall and a class {@code Good...} does not. */
  @ParameterizedTest
  @MethodSource("allWalls")
  void fixture_breaksTheWall(Wall wall) {
    JavaClasses fixture = new ClassFileImporter().importPackages(wall.fixtureRoot());
    List<String> bad =
        fixture.stream()
            .filter(type -> type.getSimpleName().startsWith("Bad"))
            .map(JavaClass::getName)
            .toList();
    List<String> violations =
        wall.below(wall.fixtureRoot()).evaluate(fixture).getFailureReport().getDetails();

    assertThat(bad).isNotEmpty();
    assertThat(bad)
        .allSatisfy(name -> assertThat(violations).anyMatch(line -> line.contains(name)));
    assertThat(violations).allSatisfy(line -> assertThat(bad).anyMatch(line::contains));
  }

  @Test
  void fixture_withSynchronizedBlock_isFound() throws IOException {
    assertThat(
            SynchronizedSources.in(List.of(Path.of("src/test/java")), Wall.FIXTURES + ".confined"))
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrder("BadBlock.java", "BadMethod.java");
  }

  static List<Wall> mainWalls() {
    return Walls.MAIN;
  }

  static List<Wall> allWalls() {
    return Walls.all();
  }

  /** Returns this directory of every module of the build that has one. */
  private static List<Path> directoriesOfModules(String directory) throws IOException {
    try (Stream<Path> siblings = Files.list(Path.of("..").toRealPath())) {
      return siblings
          .filter(module -> Files.exists(module.resolve("pom.xml")))
          .map(module -> module.resolve(directory))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }
}
