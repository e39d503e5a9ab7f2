package dev.flagstone.archfixture.slab.datanode.slab;

import dev.flagstone.archfixture.slab.datanode.GoodNode;

public final class BadNodeUser {
  GoodNode used1;
}
