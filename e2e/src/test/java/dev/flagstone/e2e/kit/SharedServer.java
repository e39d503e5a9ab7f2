package dev.flagstone.e2e.kit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a test the one server that all classes with this extension share. Each test leaves it as it
 * found it, except for the items of the demo cache. Whoever needs it undisturbed starts its own.
 */
public final class SharedServer implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedServer.class);

  /** A server that JUnit closes when all tests are done. */
  private record Running(FlagstoneProcess server) implements AutoCloseable {

    static Running start() {
      try {
        return new Running(FlagstoneProcess.start("--memory", "256m"));
      } catch (Exception e) {
        throw new IllegalStateException("the shared server does not start", e);
      }
    }

    @Override
    public void close() {
      server.close();
      if (!server.err().stackTraceLines().isEmpty()) {
        throw new AssertionError("the shared server logged\n" + server.err());
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlagstoneProcess.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .server();
  }
}
