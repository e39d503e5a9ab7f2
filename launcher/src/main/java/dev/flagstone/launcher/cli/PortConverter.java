package dev.flagstone.launcher.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port, 0..65535. */
final class PortConverter implements ITypeConverter<Integer> {

  private static final int MAX = 65_535;

  @Override
  public Integer convert(String text) {
    boolean digits = text.matches("[0-9]{1,5}");
    if (!digits || Integer.parseInt(text) > MAX) {
      throw new TypeConversionException("a port is 0.." + MAX + ", not '" + text + "'");
    }
    return Integer.valueOf(text);
  }
}
