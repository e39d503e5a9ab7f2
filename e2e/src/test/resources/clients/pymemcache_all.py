"""pymemcache: stores and reads everything back, and tries each command. Its argument: login, bound."""

import os
import sys

from pymemcache.client.base import Client

from common import COUNT, equal, host_and_port, items


def connect(way):
    if way == "bound":
        return Client(host_and_port("FLAGSTONE_BOUND_SERVER"), timeout=20)
    client = Client(host_and_port("MEMCACHIER_SERVERS"), timeout=20)
    username = os.environ["MEMCACHIER_USERNAME"]
    password = os.environ["MEMCACHIER_PASSWORD"]
    equal(client.set(username, password, noreply=False), True, "login")
    return client


def commands(client):
    equal(client.set("n", "5", noreply=False), True, "set")
    equal(client.incr("n", 37), 42, "incr")
    equal(client.decr("n", 50), 0, "decr")
    equal(client.incr("none", 1), None, "incr of nothing")
    value, unique = client.gets("n")
    equal(client.cas("n", "mine", unique, noreply=False), True, "cas")
    equal(client.cas("n", "late", unique, noreply=False), False, "late cas")
    equal(client.cas("none", "x", b"1", noreply=False), None, "cas of nothing")
    equal(client.append("n", "+", noreply=False), True, "append")
    equal(client.prepend("n", "-", noreply=False), True, "prepend")
    equal(client.get("n"), b"-mine+", "get after append")
    equal(client.add("n", "x", noreply=False), False, "add of what is there")
    equal(client.add("new", "x", noreply=False), True, "add")
    equal(client.replace("none", "x", noreply=False), False, "replace of nothing")
    equal(client.replace("n", "r", noreply=False), True, "replace")
    equal(client.touch("n", 100, noreply=False), True, "touch")
    equal(client.touch("n", -1, noreply=False), True, "touch to the past")
    equal(client.get("n"), None, "get of the expired")
    equal(client.delete("new", noreply=False), True, "delete")
    equal(client.delete("new", noreply=False), False, "delete of nothing")
    equal(client.get_many(["none", "item1", "nobody"]).keys(), {"item1"}, "get_many")
    equal(client.stats()[b"curr_items"], COUNT, "stats")
    equal(client.version().startswith(b"1.6."), True, "version")


def main():
    client = connect(sys.argv[1])
    client.flush_all(noreply=False)
    expected = items()
    for key, value in expected.items():
        equal(client.set(key, value, noreply=False), True, key)
    for key, value in expected.items():
        equal(client.get(key), value, key)
    keys = list(expected)
    for i in range(0, len(keys), 1000):
        some = keys[i : i + 1000]
        equal(client.get_many(some), {key: expected[key] for key in some}, "get_many")
    commands(client)
    for key, value in expected.items():
        client.set(key, value[::-1], noreply=True)
    for key, value in expected.items():
        equal(client.get(key), value[::-1], key + " after a silent set")
    client.flush_all(noreply=False)
    equal(client.get("item1"), None, "get after flush_all")
    client.quit()
    print("stored and read %d items" % len(expected))


main()
