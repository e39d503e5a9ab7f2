package dev.flagstone.launcher.cli;

import dev.flagstone.config.MemorySize;
import dev.flagstone.tenancy.Quota;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a quota such as {@code 64m}. */
final class QuotaConverter implements ITypeConverter<Quota> {

  @Override
  public Quota convert(String text) {
    MemorySize size = new MemorySizeConverter().convert(text);
    if (size.bytes() < Quota.MIN_BYTES) {
      throw new TypeConversionException(
          "a quota is at least " + new MemorySize(Quota.MIN_BYTES) + ", not " + size);
    }
    return new Quota(size.bytes());
  }
}
