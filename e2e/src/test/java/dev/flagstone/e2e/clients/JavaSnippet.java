package dev.flagstone.e2e.clients;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A snippet of the guide for Java, compiled as it stands but for one thing: what it reads from the
 * environment comes from system properties of the same names, so that each call can have its own.
 */
enum JavaSnippet {
  FOLSOM("folsom", "import com.spotify.folsom.*; import java.util.concurrent.*;"),
  FOLSOM_TLS(
      "folsom-tls",
      "import com.spotify.folsom.*; import java.util.concurrent.*; import java.io.*;"
          + "import java.nio.file.*; import java.security.*; import java.security.cert.*;"
          + "import java.security.KeyStore; import javax.net.ssl.*;"),
  SPYMEMCACHED("spymemcached", "import net.spy.memcached.*; import net.spy.memcached.auth.*;"),
  XMEMCACHED(
      "xmemcached",
      "import java.net.*; import java.util.*; import net.rubyeye.xmemcached.*;"
          + "import net.rubyeye.xmemcached.auth.*; import net.rubyeye.xmemcached.command.*;"
          + "import net.rubyeye.xmemcached.impl.*; import net.rubyeye.xmemcached.utils.*;");

  private static final List<String> VARIABLES =
      List.of(
          "MEMCACHIER_SERVERS",
          "MEMCACHIER_USERNAME",
          "MEMCACHIER_PASSWORD",
          "FLAGSTONE_TLS_SERVERS",
          "FLAGSTONE_CA");

  private final String snippet;
  private final String imports;

  JavaSnippet(String snippet, String imports) {
    this.snippet = snippet;
    this.imports = imports;
  }

  /** The client that the snippet makes; these differ from what {@code demo.env} says. */
  <T> T client(Class<T> type, FlagstoneProcess server, Map<String, String> changed)
      throws Exception {
    Map<String, String> environment = new HashMap<>(server.env());
    environment.putAll(changed);
    VARIABLES.forEach(
        variable -> System.setProperty(variable, environment.getOrDefault(variable, "")));
    try {
      return type.cast(Objects.requireNonNull(Compiled.MAKERS.get(this)).call());
    } finally {
      VARIABLES.forEach(System::clearProperty);
    }
  }

  /** All of them, compiled at once, which takes as long as one. */
  private static final class Compiled {
    static final Map<JavaSnippet, Callable<?>> MAKERS = compile();
  }

  private String source() throws Exception {
    return imports
        + "public class "
        + name()
        + " implements java.util.concurrent.Callable<Object> {\n"
        + "public Object call() throws Exception {\n"
        + Guide.page("java.md").snippet(snippet).replace("System.getenv(", "System.getProperty(")
        + "return client;\n}\n}\n";
  }

  private static Map<JavaSnippet, Callable<?>> compile() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path directory = Distribution.newDirectory("java");
      for (JavaSnippet snippet : values()) {
        Files.writeString(directory.resolve(snippet.name() + ".java"), snippet.source());
      }
      StringWriter complaints = new StringWriter();
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              directory.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      List<Path> sources =
          List.of(values()).stream().map(it -> directory.resolve(it.name() + ".java")).toList();
      if (!compiler
          .getTask(
              complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new AssertionError("the snippets do not compile:\n" + complaints);
      }
      return load(directory);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("BanClassLoader") // It loads what was compiled just now.
  private static Map<JavaSnippet, Callable<?>> load(Path directory) throws Exception {
    Map<JavaSnippet, Callable<?>> makers = new HashMap<>();
    URL[] where = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(where, JavaSnippet.class.getClassLoader())) {
      for (JavaSnippet snippet : values()) {
        Class<?> maker = loader.loadClass(snippet.name());
        makers.put(snippet, (Callable<?>) maker.getDeclaredConstructor().newInstance());
      }
    }
    return makers;
  }
}
