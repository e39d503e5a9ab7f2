package dev.flagstone.archfixture.siblings.status.probe;

import dev.flagstone.archfixture.siblings.console.GoodConsole;

public final class BadProbe {
  GoodConsole used1;
}
