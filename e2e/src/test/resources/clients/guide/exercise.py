"""What the clients of Python's guide have to do; appended to a snippet that has made `client`.

EXERCISE in the environment says what: items, wrong-password, failover.
"""

import os
import time

import common

PYLIBMC = type(client).__module__.startswith("pylibmc")  # noqa: F821, the snippet made it
WAIT = {} if PYLIBMC else {"noreply": False}


def exercise_items():
    expected = dict(list(common.items().items())[:3000])
    for key, value in expected.items():
        common.equal(bool(client.set(key, value, **WAIT)), True, key)
    for key, value in expected.items():
        common.equal(client.get(key), value, key)
    keys = list(expected)
    for i in range(0, len(keys), 500):
        some = keys[i : i + 500]
        common.equal(client.get_multi(some), {key: expected[key] for key in some}, "get_multi")
    exercise_commands()
    print("stored and read %d items" % len(expected))


def exercise_commands():
    if PYLIBMC:
        client.behaviors["cas"] = True
    for key in ("n", "c", "new"):
        client.delete(key)
    client.set("n", 5 if PYLIBMC else "5", **WAIT)
    common.equal(client.incr("n", 37), 42, "incr")
    common.equal(client.decr("n", 50), 0, "decr")
    client.set("c", b"theirs", **WAIT)
    value, unique = client.gets("c")
    common.equal(value, b"theirs", "gets")
    common.equal(client.cas("c", b"mine", unique), True, "cas")
    common.equal(client.cas("c", b"late", unique), False, "late cas")
    common.equal(client.append("c", b"+", **WAIT), True, "append")
    common.equal(client.prepend("c", b"-", **WAIT), True, "prepend")
    common.equal(client.get("c"), b"-mine+", "get after append")
    common.equal(client.add("c", b"x", **WAIT), False, "add of what is there")
    common.equal(client.add("new", b"x", **WAIT), True, "add")
    common.equal(replaced("none"), False, "replace of nothing")
    common.equal(client.touch("c", 100, **WAIT), True, "touch")
    common.equal(bool(client.delete("new", **WAIT)), True, "delete")
    common.equal(bool(client.delete("new", **WAIT)), False, "delete of nothing")
    common.equal(client.get("new"), None, "get of what was deleted")


def replaced(key):
    if not PYLIBMC:
        return client.replace(key, b"x", **WAIT)
    try:
        return client.replace(key, b"x")
    except __import__("pylibmc").NotFound:  # as with memcached, in binary
        return False


def exercise_wrong_password():
    errors = []
    for _ in range(3):
        try:
            client.get("some")
        except Exception as error:
            errors.append(type(error).__name__)
        else:
            raise AssertionError("a wrong password gets in")
    print("refused: %s" % errors[0])


def exercise_failover():
    keys = ["moved%d" % i for i in range(200)]
    for key in keys:
        client.set(key, key.encode(), **WAIT)
    common.stop_first_relay()
    deadline = time.monotonic() + 15
    while True:
        try:
            if all(client.get(key) == key.encode() for key in keys):
                break
        except Exception:
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise AssertionError("the items do not come back")
    print("moved")


{
    "items": exercise_items,
    "wrong-password": exercise_wrong_password,
    "failover": exercise_failover,
}[os.environ["EXERCISE"]]()
