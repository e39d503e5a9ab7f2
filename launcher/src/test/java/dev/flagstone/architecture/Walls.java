package dev.flagstone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The walls, in the order of the module map: direction first, then who may import what. */
final class Walls {
  /** Modules that never import each other. */
  private static final String[] SIBLINGS = {"proxy..", "datanode..", "status..", "console.."};

  private static final String[] ABOVE_SHARED = {
    "proxy..", "datanode..", "status..", "console..", "launcher.."
  };

  /** Packages that are plain Java: to be tested without a server, a socket or a cluster. */
  private static final String[] PLAIN = {
    "item..",
    "command..",
    "protocol..",
    "tenancy..",
    "slot..",
    "datanode.slab..",
    "datanode.store..",
    "datanode.execute.."
  };

  private static final String[] CODECS = {
    "protocol.text..", "protocol.meta..", "protocol.binary.."
  };

  /** Packages whose objects belong to one event loop: they neither lock nor wait. */
  static final String[] CONFINED = {
    "proxy.session..",
    "datanode.shard..",
    "datanode.store..",
    "datanode.slab..",
    "datanode.execute.."
  };

  /** Walls of the product's classes. */
  static final List<Wall> MAIN =
      List.of(
          new Wall("direction", Walls::direction),
          new Wall("siblings", root -> strangers(root, SIBLINGS)),
          new Wall("codecs", root -> strangers(root, CODECS)),
          new Wall("plain", Walls::plain),
          new Wall("hazelcast", Walls::hazelcast),
          new Wall("netty", Walls::netty),
          new Wall("slab", Walls::slab),
          new Wall("store", Walls::store),
          new Wall("execute", Walls::execute),
          new Wall("confined", Walls::confined),
          new Wall("streams", Walls::streams));

  /** The wall of the test classes. */
  static final Wall TESTS = new Wall("disabled", Walls::disabled);

  private Walls() {}

  static List<Wall> all() {
    return Stream.concat(MAIN.stream(), Stream.of(TESTS)).toList();
  }

  private static ArchRule direction(String root) {
    ArchRule sharedStandsAlone =
        noClasses()
            .that(resideInAPackage(root + ".."))
            .and(not(resideInAnyPackage(below(root, ABOVE_SHARED))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(below(root, ABOVE_SHARED)))
            .because("shared is what both ends of the bus speak and knows neither end");
    ArchRule launcherIsOnTop =
        noClasses()
            .that(resideInAnyPackage(below(root, SIBLINGS)))
            .should()
            .dependOnClassesThat(resideInAPackage(root + ".launcher.."))
            .because("the launcher wires the modules; they do not know how they were started");
    return all(List.of(sharedStandsAlone, launcherIsOnTop));
  }

  /** Each of these packages imports none of the others. */
  private static ArchRule strangers(String root, String[] packages) {
    List<ArchRule> rules = new ArrayList<>();
    for (String one : packages) {
      String[] others =
          Stream.of(packages).filter(other -> !other.equals(one)).toArray(String[]::new);
      rules.add(
          noClasses()
              .that(resideInAPackage(root + "." + one))
              .should()
              .dependOnClassesThat(resideInAnyPackage(below(root, others)))
              .because("what two of them need belongs below both"));
    }
    return all(rules);
  }

  private static ArchRule plain(String root) {
    return noClasses()
        .that(resideInAnyPackage(below(root, PLAIN)))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty..", "com.hazelcast.."))
        .because("they are plain Java, tested without a server, a socket or a cluster");
  }

  private static ArchRule hazelcast(String root) {
    return noClasses()
        .that(resideInAPackage(root + ".."))
        .and(not(resideInAnyPackage(root + "..cluster..", root + ".launcher..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.."))
        .because("membership and the replicated tables are the business of the cluster packages");
  }

  private static ArchRule netty(String root) {
    return noClasses()
        .that(resideInAPackage(root + ".."))
        .and(not(resideInAnyPackage(root + ".proxy.socket..", root + ".launcher..")))
        .should()
        .dependOnClassesThat(resideInAPackage("io.netty.."))
        .because("Netty below Vert.x is needed at the sockets only");
  }

  private static ArchRule slab(String root) {
    String[] allowed = below(root, "datanode.slab..", "config..", "time..");
    return noClasses()
        .that(resideInAPackage(root + ".datanode.slab.."))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))))
        .because("a slab knows bytes only");
  }

  private static ArchRule store(String root) {
    String[] allowed =
        below(
            root,
            "datanode.store..",
            "config..",
            "datanode.slab..",
            "item..",
            "command..",
            "tenancy..",
            "slot..",
            "time..");
    return noClasses()
        .that(resideInAPackage(root + ".datanode.store.."))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))))
        .because("the store keeps items in slabs and knows nothing above it");
  }

  private static ArchRule execute(String root) {
    return noClasses()
        .that(resideInAPackage(root + ".datanode.execute.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(below(root, "datanode", "datanode.shard..", "datanode.cluster..")))
        .because("the semantics of a command do not depend on who runs it");
  }

  private static ArchRule confined(String root) {
    DescribedPredicate<JavaClass> confined = resideInAnyPackage(below(root, CONFINED));
    String reason = "sessions and shards are confined to their event loop";
    return all(
        List.of(
            noClasses()
                .that(confined)
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks.."))
                .because(reason),
            noClasses()
                .that(confined)
                .should()
                .callMethodWhere(
                    describe(
                        "a thread sleeps or waits",
                        call ->
                            calls(call, Thread.class, "sleep")
                                || calls(call, Object.class, "wait")))
                .because(reason),
            noMethods()
                .that()
                .areDeclaredInClassesThat(confined)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because(reason)));
  }

  private static boolean calls(JavaMethodCall call, Class<?> owner, String method) {
    return call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(method);
  }

  private static ArchRule streams(String root) {
    return noClasses()
        .that(resideInAPackage(root + ".."))
        .and(not(resideInAPackage(root + ".launcher..")))
        .should(ACCESS_STANDARD_STREAMS)
        .because("only the operator's command line prints; all else logs");
  }

  private static ArchRule disabled(String root) {
    DescribedPredicate<JavaAnnotation<?>> disabling =
        describe(
            "@Disabled or a condition of JUnit's",
            annotation ->
                annotation.getRawType().getName().equals("org.junit.jupiter.api.Disabled")
                    || annotation
                        .getRawType()
                        .getPackageName()
                        .equals("org.junit.jupiter.api.condition"));
    String reason = "a test that does not run proves nothing: mend it or remove it";
    return all(
        List.of(
            noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .beAnnotatedWith(disabling)
                .because(reason),
            noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                .should()
                .beAnnotatedWith(disabling)
                .because(reason)));
  }

  private static String[] below(String root, String... packages) {
    return Stream.of(packages).map(name -> root + "." + name).toArray(String[]::new);
  }

  private static ArchRule all(List<ArchRule> rules) {
    return CompositeArchRule.of(rules.stream().map(rule -> rule.allowEmptyShould(true)).toList());
  }
}
