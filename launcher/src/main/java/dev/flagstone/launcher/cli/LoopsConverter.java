package dev.flagstone.launcher.cli;

import dev.flagstone.launcher.embedded.RunOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of event loops. */
final class LoopsConverter implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    int loops = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (loops < 1 || loops > RunOptions.MAX_LOOPS) {
      throw new TypeConversionException(
          "the number of loops is 1.." + RunOptions.MAX_LOOPS + ", not '" + text + "'");
    }
    return loops;
  }
}
