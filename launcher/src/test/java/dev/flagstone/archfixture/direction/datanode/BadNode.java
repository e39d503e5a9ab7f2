package dev.flagstone.archfixture.direction.datanode;

import dev.flagstone.archfixture.direction.launcher.GoodLauncher;

public final class BadNode {
  GoodLauncher used1;
}
