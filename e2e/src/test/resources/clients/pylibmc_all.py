"""pylibmc (libmemcached), text: the same. Its argument: login, bound."""

import os
import sys

import pylibmc

from common import COUNT, equal, items


def connect(way):
    behaviors = {"cas": True, "tcp_nodelay": True}
    if way == "bound":
        return pylibmc.Client([os.environ["FLAGSTONE_BOUND_SERVER"]], behaviors=behaviors)
    client = pylibmc.Client([os.environ["MEMCACHIER_SERVERS"]], behaviors=behaviors)
    username = os.environ["MEMCACHIER_USERNAME"]
    equal(client.set(username, os.environ["MEMCACHIER_PASSWORD"]), True, "login")
    return client


def raises(error, action, what):
    try:
        action()
    except error:
        return
    raise AssertionError("%s does not raise %s" % (what, error))


def commands(client):
    equal(client.set("n", 5), True, "set")
    equal(client.incr("n", 37), 42, "incr")
    equal(client.decr("n", 50), 0, "decr")
    raises(pylibmc.NotFound, lambda: client.incr("none", 1), "incr of nothing")
    client.set("c", b"theirs")
    value, unique = client.gets("c")
    equal(value, b"theirs", "gets")
    equal(client.cas("c", b"mine", unique), True, "cas")
    equal(client.cas("c", b"late", unique), False, "late cas")
    equal(client.append("c", b"+"), True, "append")
    equal(client.prepend("c", b"-"), True, "prepend")
    equal(client.get("c"), b"-mine+", "get after append")
    equal(client.add("c", b"x"), False, "add of what is there")
    equal(client.add("new", b"x"), True, "add")
    equal(client.replace("none", b"x"), False, "replace of nothing")
    equal(client.replace("c", b"r"), True, "replace")
    equal(client.touch("c", 100), True, "touch")
    equal(client.delete("new"), True, "delete")
    equal(client.delete("new"), False, "delete of nothing")
    equal(client.get_multi(["none", "item1", "nobody"]).keys(), {"item1"}, "get_multi")
    statistics = client.get_stats()[0][1]
    equal(statistics["curr_items"], str(COUNT + 2).encode(), "stats")


def main():
    client = connect(sys.argv[1])
    equal(client.flush_all(), True, "flush_all")
    expected = items()
    for key, value in expected.items():
        equal(client.set(key, value), True, key)
    for key, value in expected.items():
        equal(client.get(key), value, key)
    keys = list(expected)
    for i in range(0, len(keys), 1000):
        some = keys[i : i + 1000]
        equal(client.get_multi(some), {key: expected[key] for key in some}, "get_multi")
    commands(client)
    equal(client.flush_all(), True, "flush_all")
    equal(client.get("item1"), None, "get after flush_all")
    print("stored and read %d items" % len(expected))


main()
