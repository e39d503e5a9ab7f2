"""What the scripts for Python's clients share."""

import os
import random
import time

COUNT = 10_000
MAX_BYTES = 20 * 1024
TRICKY = b"\r\nEND\r\nVALUE item1 0 1\r\nx\r\nflush_all\r\n\0"


def host_and_port(variable):
    host, port = os.environ[variable].rsplit(":", 1)
    return host, int(port)


def items():
    """Keys and values: 1 byte to 20 KB, most of them small, some that look like commands."""
    generator = random.Random(7)
    result = {}
    for i in range(COUNT):
        size = 1 + int(generator.random() ** 3 * MAX_BYTES)
        if i % 4 == 0:
            value = (TRICKY * (size // len(TRICKY) + 1))[:size]
        else:
            value = generator.randbytes(size)
        result["item%d" % i] = value
    result["item%d" % (COUNT - 1)] = bytes(MAX_BYTES)
    return result


def equal(actual, expected, what):
    if actual != expected:
        raise AssertionError("%s: %.200r is not %.200r" % (what, actual, expected))


def stop_first_relay():
    """Asks the test to close the first of the two addresses, and waits until it has."""
    wish = os.environ["STOP_RELAY"]
    open(wish, "w").close()
    while os.path.exists(wish):
        time.sleep(0.01)
