"""The client's side of a transfer through a tunnel; as cheap as it gets, because it shares the machine with what is measured.

traffic.py drain PORT     downloads there until it is killed
"""

import selectors
import socket
import sys

from toy import BLOCK, MIB

# The kernel drops what was downloaded instead of copying it (tcp(7), MSG_TRUNC), and wakes us for so much of it.
AT_ONCE = 256 * 1024
ROOM = bytearray(MIB)


def connect(address):
    """To a loopback port, or to a unix socket, where the kernel copies after all."""
    if not isinstance(address, int):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(120)
        connection.connect(str(address))
        return connection
    connection = socket.create_connection(("127.0.0.1", address), timeout=120)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def head(connection):
    """Reads an answer's first bytes; returns the length of its body, and what of it came along."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = connection.recv(4096)
        if not more:
            raise ConnectionError("the tunnel ended before an answer")
        got += more
    text, body = got.split(b"\r\n\r\n", 1)
    return int(text.rsplit(b":", 1)[1]), body


def swallow(connection, most):
    got = connection.recv_into(ROOM, min(most, MIB), socket.MSG_TRUNC)
    if not got:
        raise ConnectionError("the tunnel ended within an answer")
    return got


def wake_at(connection, amount):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, amount)


def small(connection, request=b"GET /bytes/1024 HTTP/1.1\r\n\r\n"):
    """One small request on a kept connection."""
    connection.sendall(request)
    length, body = head(connection)
    left = length - len(body)
    while left > 0:
        left -= swallow(connection, left)


def download(connection, amount):
    download_all([connection], amount)


def download_all(connections, amount):
    """So many bytes on each connection, all at once."""
    left = {}
    for connection in connections:
        connection.sendall(b"GET /bytes/%d HTTP/1.1\r\n\r\n" % amount)
    with selectors.EpollSelector() as ready:
        for connection in connections:
            length, body = head(connection)
            left[connection] = length - len(body)
            if left[connection]:
                ready.register(connection, selectors.EVENT_READ)
                wake_at(connection, min(left[connection], AT_ONCE))
        while ready.get_map():
            for key, _ in ready.select():
                connection = key.fileobj
                before = left[connection]
                left[connection] -= swallow(connection, before)
                if left[connection] == 0:
                    ready.unregister(connection)
                    wake_at(connection, 1)
                elif left[connection] < AT_ONCE:
                    wake_at(connection, left[connection])


def upload(connection, amount):
    upload_all([connection], amount)


def upload_all(connections, amount):
    """So many bytes on each connection, all at once; returns when all are acknowledged."""
    sent = dict.fromkeys(connections, 0)
    for connection in connections:
        connection.sendall(b"POST /%d HTTP/1.1\r\n\r\n" % amount)
        connection.setblocking(False)
    with selectors.EpollSelector() as ready, memoryview(BLOCK) as block:
        for connection in connections:
            ready.register(connection, selectors.EVENT_WRITE)
        while ready.get_map():
            for key, _ in ready.select():
                connection = key.fileobj
                at = sent[connection] % MIB
                sent[connection] += connection.send(block[at:min(MIB, at + amount - sent[connection])])
                if sent[connection] == amount:
                    ready.unregister(connection)
                    connection.settimeout(120)
    for connection in connections:
        head(connection)


def drain(port):
    with connect(port) as connection:
        while True:
            download(connection, 1 << 40)


if __name__ == "__main__":
    drain(int(sys.argv[2]))
