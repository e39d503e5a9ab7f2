package dev.flagstone.protocol;

/** The outcome of one call of a {@link Decoder}. */
public sealed interface DecodeResult permits Decoded, NeedMore, Rejected {}
