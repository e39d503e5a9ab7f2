package dev.flagstone.archfixture.execute.datanode.execute;

import dev.flagstone.archfixture.execute.datanode.GoodNode;

public final class BadNodeUser {
  GoodNode used1;
}
