package dev.flagstone.bus;

/**
 * What a batch says beside its requests.
 *
 * @param batchId the sender's own number of it, never used twice by one inbox
 * @param epoch of the slot map that it was planned with
 * @param deadlineMillis Unix milliseconds after which it must not be executed any more
 * @param inbox where the reply goes, see {@link BusAddress#inbox}
 */
public record BatchHead(long batchId, long epoch, long deadlineMillis, int inbox) {}
