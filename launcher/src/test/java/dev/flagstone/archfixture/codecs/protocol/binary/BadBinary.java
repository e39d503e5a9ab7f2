package dev.flagstone.archfixture.codecs.protocol.binary;

import dev.flagstone.archfixture.codecs.protocol.text.GoodText;

public final class BadBinary {
  GoodText used1;
}
