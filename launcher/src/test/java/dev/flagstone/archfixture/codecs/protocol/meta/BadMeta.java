package dev.flagstone.archfixture.codecs.protocol.meta;

import dev.flagstone.archfixture.codecs.protocol.binary.GoodBinary;

public final class BadMeta {
  GoodBinary used1;
}
