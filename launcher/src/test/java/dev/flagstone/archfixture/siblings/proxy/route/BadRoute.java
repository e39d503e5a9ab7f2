package dev.flagstone.archfixture.siblings.proxy.route;

import dev.flagstone.archfixture.siblings.datanode.GoodDatanode;

public final class BadRoute {
  GoodDatanode used1;
}
