"""Connections at a pace, each from the next of many addresses; none of them ever logs in.

thousand.py HOST PORT NETWORK SOURCES PER_SECOND SECONDS -> one JSON object
NETWORK is three numbers such as 198.19.0, of which the last counts up.
"""

import asyncio
import json
import socket
import sys
import time

# SSH_MSG_CHANNEL_OPEN (RFC 4254) where nothing but a key exchange may be.
OPEN_BEFORE_KEX = b"\0\0\0\x0c\x04\x5a" + bytes(10)

counts = {"begun": 0, "greeted": 0, "refused": 0, "lost": 0}


def source(network, number):
    first, second, third = network.split(".")
    return f"{first}.{second}.{int(third) + number // 250}.{number % 250 + 1}"


async def attack(host, port, address):
    """Breaks the protocol, which is the worst offence; reads what it is told."""
    loop = asyncio.get_running_loop()
    sock = socket.socket()
    sock.setblocking(False)
    counts["begun"] += 1
    try:
        sock.bind((address, 0))
        await asyncio.wait_for(loop.sock_connect(sock, (host, port)), 2)
        await loop.sock_sendall(sock, b"SSH-2.0-thousand\r\n" + OPEN_BEFORE_KEX)
        said = b""
        while more := await asyncio.wait_for(loop.sock_recv(sock, 4096), 2):
            said += more
        counts["refused" if b"SOURCE_PENALISED" in said else "greeted"] += 1
    except (OSError, asyncio.TimeoutError):
        counts["lost"] += 1
    finally:
        sock.close()


async def main(host, port, network, sources, per_second, seconds):
    began, tasks, number = time.monotonic(), set(), 0
    while (now := time.monotonic() - began) < seconds:
        while number < now * per_second:
            task = asyncio.create_task(attack(host, port, source(network, number % sources)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            number += 1
        await asyncio.sleep(0.005)
    counts["per second"] = round(counts["begun"] / (time.monotonic() - began))
    await asyncio.gather(*tasks)
    print(json.dumps(counts))


host, port, network, sources, per_second, seconds = sys.argv[1:]
asyncio.run(main(host, int(port), network, int(sources), float(per_second), float(seconds)))
