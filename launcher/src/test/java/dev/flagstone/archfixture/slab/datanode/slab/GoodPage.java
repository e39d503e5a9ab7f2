package dev.flagstone.archfixture.slab.datanode.slab;

import dev.flagstone.archfixture.slab.config.GoodConfig;

public final class GoodPage {
  GoodConfig used1;
  GoodChunk used2;
}
