package dev.flagstone.archfixture.siblings.launcher;

import dev.flagstone.archfixture.siblings.datanode.GoodDatanode;
import dev.flagstone.archfixture.siblings.proxy.GoodProxy;

public final class GoodLauncher {
  GoodProxy used1;
  GoodDatanode used2;
}
