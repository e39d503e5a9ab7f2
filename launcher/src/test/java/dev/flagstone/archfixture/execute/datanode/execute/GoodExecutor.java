package dev.flagstone.archfixture.execute.datanode.execute;

import dev.flagstone.archfixture.execute.datanode.store.GoodStore;

public final class GoodExecutor {
  GoodStore used1;
}
