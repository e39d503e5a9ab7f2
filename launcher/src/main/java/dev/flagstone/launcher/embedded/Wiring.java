package dev.flagstone.launcher.embedded;

/** Makes the roles of a process. */
@FunctionalInterface
public interface Wiring {

  /**
   * Makes them, reserves what they need, and starts nothing yet.
   *
   * @throws StartException if something that they need cannot be had
   */
  Roles roles(RoleContext context) throws StartException;

  /**
   * Finds out, before anything is changed or started, whether the machine has what they will need.
   *
   * @throws StartException if it has not
   */
  default void check(RunOptions options) throws StartException {}
}
