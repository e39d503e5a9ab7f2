package dev.flagstone.archfixture.store.datanode.store;

import dev.flagstone.archfixture.store.datanode.execute.GoodExecutor;

public final class BadExecutorUser {
  GoodExecutor used1;
}
