"""The service behind all servers: GET /bytes/N sends N bytes, POST /N swallows N and answers with their sha256 where the path has it.

toy.py ADDRESS         a loopback port or the path of a unix socket; runs until it is killed
toy.py ADDRESS MARK    says when it is ready, and ends with its input; the mark is for who looks for it

It is meant to cost next to nothing, because it shares the machine with what is measured: blocks that are there already, one
thread a connection, one write for a small answer.
"""

import contextlib
import hashlib
import os
import random
import socket
import sys
import threading

MIB = 1 << 20

# What both ends know, so that a transfer can be proved.
BLOCK = random.Random(6).randbytes(MIB)


def serve(connection):
    if connection.family == socket.AF_INET:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # no waiting for a fuller packet
    buffer, room = b"", memoryview(bytearray(MIB))
    with connection, contextlib.suppress(OSError):
        while True:
            while b"\r\n\r\n" not in buffer:
                got = connection.recv(65536)
                if not got:
                    return
                buffer += got
            head, buffer = buffer.split(b"\r\n\r\n", 1)
            method, path = head.split(b" ", 2)[:2]
            amount = int(path.rsplit(b"/", 1)[1])
            if method == b"GET":
                send(connection, amount)
                continue
            digest = hashlib.sha256() if b"sha256" in path else None
            swallow(connection, buffer, amount, digest, room)
            buffer = b""
            answer(connection, digest.hexdigest().encode() if digest else b"")


def send(connection, amount):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % amount
    first = min(amount, 65536)
    connection.sendall(head + BLOCK[:first])
    at = first
    with memoryview(BLOCK) as block:
        while at < amount:
            place = at % MIB
            at += connection.send(block[place:min(MIB, place + amount - at)])


def swallow(connection, early, amount, digest, room):
    if digest:
        digest.update(early)
    left = amount - len(early)
    while left > 0:
        got = connection.recv_into(room, min(left, MIB))
        if not got:
            raise ConnectionResetError
        if digest:
            digest.update(room[:got])
        left -= got


def answer(connection, body):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


def listen(address):
    if address.isdigit():
        return socket.create_server(("127.0.0.1", int(address)), backlog=1024)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    os.chmod(address, 0o666)
    listener.listen(1024)
    return listener


def end_with_input():
    print("ready", flush=True)
    sys.stdin.read()
    os._exit(0)


def main():
    listener = listen(sys.argv[1])
    if len(sys.argv) > 2:
        threading.Thread(target=end_with_input).start()
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


if __name__ == "__main__":
    main()
