package dev.flagstone.archfixture.direction.proxy.route;

import dev.flagstone.archfixture.direction.launcher.GoodLauncher;

public final class BadRoute {
  GoodLauncher used1;
}
