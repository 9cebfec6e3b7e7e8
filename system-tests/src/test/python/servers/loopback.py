"""A server on 127.0.0.1 that prints its port: loopback.py MODE

exchange   sends 64 MiB and takes what comes until the other side is done, at once; then sends the sha256 of what it
           took and of what it sent, in hexadecimal
first      speaks first, then repeats each line
late       waits for the other side to be done, then two seconds more, then answers
"""

import hashlib
import random
import socket
import sys
import threading
import time

SIZE = 64 << 20
PIECE = 1 << 16


def take(connection):
    digest = hashlib.sha256()
    while piece := connection.recv(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def give(connection, noise):
    try:
        connection.sendall(noise)
    except OSError:
        pass  # somebody who only looked whether we are there


def exchange(connection):
    noise = random.Random(1).randbytes(SIZE)
    sender = threading.Thread(target=give, args=(connection, noise))
    sender.start()
    taken = take(connection)
    sender.join()
    give(connection, (taken + hashlib.sha256(noise).hexdigest()).encode())


def first(connection):
    connection.sendall(b"welcome\n")
    for line in connection.makefile("rb"):
        connection.sendall(line)


def late(connection):
    taken = take(connection)
    time.sleep(2)
    connection.sendall((taken + "\n").encode())


def serve(connection, mode):
    with connection:
        {"exchange": exchange, "first": first, "late": late}[mode](connection)


def main(mode):
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection, mode), daemon=True).start()


main(*sys.argv[1:])
