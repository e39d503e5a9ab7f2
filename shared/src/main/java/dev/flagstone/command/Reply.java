package dev.flagstone.command;

/** What is to be told to a client, in no protocol's terms. */
public sealed interface Reply permits ItemReply, Notice, Fault, Statistics {}
