package dev.flagstone.datanode.store;

/** What one shard has of one cache's quota, and how much of that its items use. */
final class QuotaLease {

  private final QuotaLedger ledger;
  private long leased;
  private long used;

  QuotaLease(QuotaLedger ledger) {
    this.ledger = ledger;
  }

  QuotaLedger ledger() {
    return ledger;
  }

  /** Bytes that the items of the shard take. */
  long used() {
    return used;
  }

  long leased() {
    return leased;
  }

  /** Tells whether {@code bytes} more can be used, and leases them if need be. */
  boolean admits(long bytes) {
    long need = used + bytes - leased;
    if (need <= 0) {
      return true;
    }
    long granted = ledger.lease(need, leased);
    leased += granted;
    return granted > 0;
  }

  /** Counts bytes as used (or, if negative, as free again); what was not admitted becomes debt. */
  void use(long bytes) {
    used += bytes;
    long spare = leased - used;
    if (spare < 0) {
      giveBack(spare);
    } else if (bytes < 0 && spare > 4 * ledger.step()) {
      giveBack(spare - ledger.step());
    }
  }

  /** How many bytes the shard should give up because others have less than their share. */
  long owed() {
    long debt = ledger.debt();
    return debt == 0 ? 0 : Math.max(0, Math.min(debt, leased - ledger.fairShare()));
  }

  /** Gives back up to {@code bytes} of what is leased and not used, and returns how many. */
  long payBack(long bytes) {
    long paid = Math.min(bytes, leased - used);
    giveBack(paid);
    return paid;
  }

  /** Gives back all that is not used. */
  void close() {
    giveBack(leased - used);
  }

  private void giveBack(long bytes) {
    leased -= bytes;
    ledger.giveBack(bytes);
  }
}
