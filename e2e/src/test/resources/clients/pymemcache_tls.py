"""pymemcache over TLS, by a login, a token in the server name, or a certificate."""

import os
import ssl
import sys

from pymemcache.client.base import Client

ITEMS = 1000

identity = sys.argv[1]
host, port = os.environ["FLAGSTONE_TLS_SERVERS"].split(":")
context = ssl.create_default_context(cafile=os.environ["FLAGSTONE_CA"])
if identity == "token":
    # pymemcache asks for the host that it connects to; a name in DNS would do without this.
    wrap = context.wrap_socket
    context.wrap_socket = lambda sock, server_hostname: wrap(
        sock, server_hostname=os.environ["SERVER_NAME"]
    )
elif identity == "certificate":
    context.load_cert_chain(os.environ["CERTIFICATE"], os.environ["KEY"])

client = Client((host, int(port)), tls_context=context, timeout=20, no_delay=True)
if identity == "login":
    user = os.environ["MEMCACHIER_USERNAME"]
    if not client.set(user, os.environ["MEMCACHIER_PASSWORD"], noreply=False):
        sys.exit("the login failed")

for i in range(ITEMS):
    client.set("%s-%d" % (identity, i), b"v" * (i * 41 % 40000), noreply=False)
for i in range(ITEMS):
    if client.get("%s-%d" % (identity, i)) != b"v" * (i * 41 % 40000):
        sys.exit("item %d differs" % i)
print("stored and read %d items" % ITEMS)
