package dev.flagstone.launcher.embedded;

/** Makes the roles of a process. */
@FunctionalInterface
public interface Wiring {

  /** Makes them, and starts nothing yet. */
  Roles roles(RoleContext context);
}
