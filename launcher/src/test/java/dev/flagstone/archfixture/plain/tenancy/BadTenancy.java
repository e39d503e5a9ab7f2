package dev.flagstone.archfixture.plain.tenancy;

import io.netty.buffer.ByteBuf;

public final class BadTenancy {
  ByteBuf used1;
}
