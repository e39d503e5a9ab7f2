package dev.flagstone.archfixture.direction.time;

import dev.flagstone.archfixture.direction.launcher.GoodLauncher;

public final class BadTime {
  GoodLauncher used1;
}
