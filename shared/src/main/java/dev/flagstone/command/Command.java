package dev.flagstone.command;

/**
 * What a client asked for, in no protocol's terms.
 *
 * <p>{@link ItemCommand} and {@link CacheCommand} are work for data nodes, {@link SessionCommand}
 * is answered by the proxy itself, and a {@link LoginAttempt} comes only from the decoder of a
 * session that is not yet authenticated.
 */
public sealed interface Command permits ItemCommand, CacheCommand, SessionCommand, LoginAttempt {}
