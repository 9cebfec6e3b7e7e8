"""A long transfer while keys are exchanged again and again: what arrives is what was sent, and it never stalls."""

import functools
import hashlib
import time

import traffic
from toy import BLOCK, MIB

# MiB, usually and with --full.
AMOUNTS = {"256k": {"download": (32, 5120), "upload": (8, 64)}, "64M": {"download": (512, 5120), "upload": (512, 5120)}}


def rekey(server, words):
    """Each way with a new key after 256 KiB, and after 64 MiB; 5 GiB of each with --full.

    Except for uploads with 256k: OpenSSH's client (packet.c, ssh_packet_need_rekeying) takes the bytes of the next packet for
    blocks there, so it wants new keys for each packet of 32 KiB, some 20 a second, and 5 GiB would take two hours.
    """
    figures = {}
    for limit in AMOUNTS:
        log = server.place / f"rekey.{server.name}.{limit}"
        options = ("-o", f"RekeyLimit={limit}", "-E", str(log), "-v")
        with server.tunnel(options=options) as tunnel, traffic.connect(tunnel.local) as connection:
            for name, send in (("download", download), ("upload", upload)):
                usual, full = AMOUNTS[limit][name]
                amount = (full if words.full else usual // (4 if words.quick else 1)) * MIB
                before, began = exchanges(log), time.monotonic()
                digest, silence = send(connection, amount)
                took = time.monotonic() - began
                if digest != expected(amount):
                    raise RuntimeError(f"{name} at {server.name} with RekeyLimit {limit}: sha256 differs")
                prefix = f"rekey_{limit}_{name}"
                figures.update({f"{prefix}_mb_per_s": amount / 1e6 / took, f"{prefix}_exchanges": exchanges(log) - before,
                                f"{prefix}_longest_silence_ms": silence * 1000})
        log.unlink()
    return figures


def exchanges(log):
    with open(log) as said:
        return sum("SSH2_MSG_NEWKEYS received" in line for line in said)


@functools.cache
def expected(amount):
    digest = hashlib.sha256()
    for _ in range(amount // MIB):
        digest.update(BLOCK)
    return digest.hexdigest()


def download(connection, amount):
    """The sha256 of what came, and the longest time without any of it."""
    digest, silence, room = hashlib.sha256(), 0.0, memoryview(bytearray(MIB))
    connection.sendall(b"GET /bytes/%d HTTP/1.1\r\n\r\n" % amount)
    length, body = traffic.head(connection)
    digest.update(body)
    left, last = length - len(body), time.monotonic()
    while left > 0:
        got = connection.recv_into(room, min(left, MIB))
        if not got:
            raise ConnectionError("the transfer was dropped")
        now = time.monotonic()
        silence, last, left = max(silence, now - last), now, left - got
        digest.update(room[:got])
    return digest.hexdigest(), silence


def upload(connection, amount):
    """The sha256 that the other end came to, and the longest time in which nothing was taken."""
    silence, sent, last = 0.0, 0, time.monotonic()
    connection.sendall(b"POST /sha256/%d HTTP/1.1\r\n\r\n" % amount)
    with memoryview(BLOCK) as block:
        while sent < amount:
            sent += connection.send(block[sent % MIB:sent % MIB + 65536])
            now = time.monotonic()
            silence, last = max(silence, now - last), now
    length, body = traffic.head(connection)
    while len(body) < length:
        body += connection.recv(length)
    return body.decode(), silence
