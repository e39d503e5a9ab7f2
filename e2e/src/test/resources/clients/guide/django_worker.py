"""A Django with one view, of which one worker handles 100 requests. The settings are the guide's.

Its argument: the file with CACHES.
"""

import io
import runpy
import sys

import django
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import path

REQUESTS = 100


def view(request, number):
    cache.set("page:%d" % number, {"number": number}, 60)
    found = cache.get("page:%d" % number)
    cache.add("visits", 0)
    return HttpResponse("%s %s" % (found["number"], cache.incr("visits")))


urlpatterns = [path("page/<int:number>/", view)]


def environ(number):
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/page/%d/" % number,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def main():
    caches = runpy.run_path(sys.argv[1])["CACHES"]
    settings.configure(
        CACHES=caches, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"], SECRET_KEY="none"
    )
    django.setup()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    for number in range(REQUESTS):
        started = []
        response = application(environ(number), lambda status, headers: started.append(status))
        body = b"".join(response)
        response.close()  # as a server does it; this sends request_finished
        if started != ["200 OK"] or body != b"%d %d" % (number, number + 1):
            raise AssertionError("request %d: %s %r" % (number, started, body))
    print("%d requests" % REQUESTS)


main()
