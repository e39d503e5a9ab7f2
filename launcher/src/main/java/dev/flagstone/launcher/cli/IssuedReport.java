package dev.flagstone.launcher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstone.launcher.registry.IssuedCredential;
import dev.flagstone.tenancy.Cache;
import java.io.PrintWriter;

/** Tells of a credential just made, with its password if the operator does not know it yet. */
final class IssuedReport {

  private IssuedReport() {}

  static void print(Output output, IssuedCredential issued, boolean passwordGiven, String what) {
    Cache cache = issued.cache();
    if (output.json) {
      ObjectNode credential = Output.json(issued.credential());
      if (!passwordGiven) {
        credential.put("password", issued.password());
      }
      output.json(Output.json(cache).set("credential", credential));
      return;
    }
    PrintWriter lines = output.lines();
    lines.println(
        "Cache "
            + cache.id()
            + " "
            + cache.name()
            + " "
            + what
            + "; quota "
            + Output.quota(cache.quota())
            + ".");
    lines.println("username  " + issued.credential().username());
    if (!passwordGiven) {
      lines.println("password  " + issued.password());
      lines.println("The password is kept nowhere: note it now.");
    }
  }
}
