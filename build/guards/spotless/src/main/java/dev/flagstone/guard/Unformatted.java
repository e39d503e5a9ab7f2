package dev.flagstone.guard;

import java.util.List;

/** Has an unused import and a brace out of place. */
public final class Unformatted
{
}
