package dev.flagstone.protocol.meta;

/** What exactly is wrong with a meta command's line, in memcached's words. */
enum Complaint {
  BAD_FORMAT("bad command line format"),
  TOO_MANY_FLAGS("options flags are too long"),
  DUPLICATE_FLAG("duplicate flag"),
  INVALID_FLAG("invalid flag"),
  BAD_TOKEN("bad token in command line format"),
  BAD_KEY("error decoding key"),
  BAD_INITIAL("invalid numeric initial value"),
  BAD_DELTA("invalid numeric delta value"),
  BAD_STORE_MODE("invalid mode for ms M token"),
  BAD_COUNT_MODE("invalid mode for ma M token"),
  OPAQUE_TOO_LONG("opaque token too long");

  private static final Complaint[] VALUES = values();

  private final String words;

  Complaint(String words) {
    this.words = words;
  }

  static Complaint of(int ordinal) {
    return VALUES[ordinal];
  }

  /** What stands behind {@code CLIENT_ERROR}. */
  String words() {
    return words;
  }
}
