package dev.flagstone.archfixture.siblings.console;

public final class GoodConsole {}
