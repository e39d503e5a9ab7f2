package dev.flagstone.slot;

/**
 * The name of a data node, unique in its cluster.
 *
 * @param name 1..16 lower-case letters, digits and hyphens: it stands in bus addresses, which
 *     travel with every message
 */
public record NodeId(String name) {

  public NodeId {
    if (!name.matches("[a-z0-9-]{1,16}")) {
      throw new IllegalArgumentException("a node's name is 1..16 of a-z 0-9 and -, not " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
