package dev.flagstone.launcher.cli;

import dev.flagstone.config.MemorySize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size such as {@code 256m}. */
final class MemorySizeConverter implements ITypeConverter<MemorySize> {

  @Override
  public MemorySize convert(String text) {
    try {
      return MemorySize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
