"""A slow wire between two network namespaces, for kernels without netem: packets wait here for as long as they would be on their way.

wire.py NEAR FAR PID     two devices, the far one for the namespace of that process; each line of its input is a delay one way, in seconds

It answers each line. Nothing is dropped, nothing overtakes.
"""

import collections
import contextlib
import ctypes
import fcntl
import os
import select
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
PR_SET_TIMERSLACK = 29
MTU = 65000  # as loopback, more or less: fewer packets, so that the wire costs little


def device(name):
    number = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(number, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "mtu", str(MTU)], check=True)
    return number


def carry(ends):
    """Forever, until its input ends."""
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    under_way = {end: collections.deque() for end in ends}
    delay = 0.0
    while True:
        due = min((waiting[0][0] for waiting in under_way.values() if waiting), default=None)
        ready = select.select([*ends, 0], [], [], None if due is None else max(0.0, due - time.monotonic()))[0]
        if 0 in ready:
            line = os.read(0, 100)
            if not line:
                return
            delay = float(line)
            os.write(1, b"yes\n")
        for end in ends:
            if end in ready:
                take(end, under_way[other[end]], time.monotonic() + delay)
        for end, waiting in under_way.items():
            while waiting and waiting[0][0] <= time.monotonic():
                with contextlib.suppress(OSError):  # a device that is not up yet
                    os.write(end, waiting.popleft()[1])


def take(end, waiting, due):
    for _ in range(64):
        try:
            waiting.append((due, os.read(end, MTU + 100)))
        except BlockingIOError:
            return


def main():
    near, far, pid = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0)  # a wait of 50 us is no wait of 100
    ends = [device(near), device(far)]
    subprocess.run(["ip", "link", "set", far, "netns", pid], check=True)
    os.write(1, b"yes\n")
    carry(ends)


if __name__ == "__main__":
    main()
