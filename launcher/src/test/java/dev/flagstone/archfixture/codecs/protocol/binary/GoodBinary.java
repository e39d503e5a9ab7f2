package dev.flagstone.archfixture.codecs.protocol.binary;

import dev.flagstone.archfixture.codecs.protocol.GoodShared;

public final class GoodBinary {
  GoodShared used1;
}
