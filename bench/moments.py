"""Forwards that last a moment: a service with nothing to say, and those who ask it.

moments.py serve SOCKET               closes every connection at once, until it is killed
moments.py make PER_SECOND PORT...    connects in turns from a line of its input to the next one, then prints how often; and again
"""

import contextlib
import os
import select
import socket
import sys
import time


def serve(path):
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o666)
    listener.listen(1024)
    while True:
        listener.accept()[0].close()


def make(per_second, ports):
    """One thread, no waiting for an answer before the next one is due: the pace is the pace."""
    poll = select.epoll()
    poll.register(0, select.EPOLLIN)
    while sys.stdin.readline():
        waiting, begun, began, ending = {}, 0, time.monotonic(), False
        while not ending or waiting:
            while not ending and begun < (time.monotonic() - began) * per_second and len(waiting) < 400:
                each = socket.socket()
                each.setblocking(False)
                each.connect_ex(("127.0.0.1", ports[begun % len(ports)]))
                waiting[each.fileno()] = each
                poll.register(each.fileno(), select.EPOLLRDHUP | select.EPOLLIN)
                begun += 1
            for number, _ in poll.poll(0.002):
                if number:
                    poll.unregister(number)
                    waiting.pop(number).close()
                elif not ending:
                    sys.stdin.readline()
                    ending = True
        print(begun, flush=True)


if sys.argv[1] == "serve":
    serve(sys.argv[2])
else:
    make(float(sys.argv[2]), [int(port) for port in sys.argv[3:]])
