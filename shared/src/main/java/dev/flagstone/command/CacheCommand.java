package dev.flagstone.command;

/**
 * A command about the whole of the session's cache: it goes to every shard, and is answered when
 * all have answered.
 *
 * @param verb {@link Verb#FLUSH}, {@link Verb#STATS} or {@link Verb#RESET_STATS}
 * @param argument of a flush its exptime-like delay (seconds, as the client sent it), of stats the
 *     topic's ordinal ({@link StatsTopic}), else 0
 */
public record CacheCommand(Verb verb, int argument) implements Command {}
