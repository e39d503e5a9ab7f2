package dev.flagstone.tenancy;

/** What a credential may do beyond reading. */
public enum Capability {
  /** Store, change and remove items. */
  WRITE,
  /** Invalidate the whole cache. */
  FLUSH,
  /** Use the management API. */
  API
}
