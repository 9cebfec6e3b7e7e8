"""What the kernel says about processes, and how to wait for them."""

import os
import pathlib
import socket
import time

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.01)


def accepts(address):
    """Whether somebody listens on that loopback port or unix socket."""
    family = socket.AF_INET if isinstance(address, int) else socket.AF_UNIX
    with socket.socket(family) as probe:
        return probe.connect_ex(("127.0.0.1", address) if isinstance(address, int) else str(address)) == 0


def stat(pid):
    """Fields of /proc/PID/stat from the state on."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def cpu_seconds(pid):
    """User and system time, with that of children that have ended. Its own to the nanosecond, theirs in ticks."""
    ended = sum(int(field) for field in stat(pid)[13:15]) / TICKS
    try:
        return time.clock_gettime(~pid << 3 | 2) + ended  # CPUCLOCK_SCHED of all its threads: clock_getcpuclockid(3)
    except OSError as e:
        raise ProcessLookupError(pid) from e


def split_seconds(pid):
    """User and system time apart; in ticks, which is as exact as the kernel says it."""
    return tuple(int(field) / TICKS for field in stat(pid)[11:13])


def tree(pid):
    """It and all that came of it and lives."""
    parents = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents.setdefault(int(stat(entry.name)[1]), []).append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    pids, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        pids.append(each)
        waiting += parents.get(each, [])
    return pids


def tree_seconds(pid, without):
    """CPU of a whole tree, except for processes with that in their command."""
    total = 0
    for each in tree(pid):
        try:
            if without.encode() in pathlib.Path(f"/proc/{each}/cmdline").read_bytes():
                continue
            total += cpu_seconds(each)
        except (FileNotFoundError, ProcessLookupError):
            pass  # ended just now; its parent has counted it
    return total


def memory_kib(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise KeyError(field)
