"""Runs the servers side by side and prints what was measured; see bin/bench."""

import argparse
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile

import audited
import crowd
import delay
import hot
import idle
import images
import measures
import rekey
import storm
import table
from golang import Missing
from peers import Chisel, GoForwarder
from servers import Door, Sshd, Toy

# By name: what `--only` takes. Those of the second list are long, and run when they are named.
USUAL = {each.__name__: each for each in (
    measures.bulk, measures.default_order, measures.round_trips, measures.logins, idle.idle_memory, measures.first_byte)}
NAMED = {each.__name__: each for each in (
    measures.chacha, measures.many_forwards, measures.own_loopback, storm.storm, rekey.rekey, delay.delay, idle.idle_1000, idle.idle_10000)}

# What a JVM compiles for. Each of them runs before the rounds, on all servers, and is not counted; the slow one with less.
WARM_UP_MIB = {measures.bulk: 2048, measures.chacha: 256, measures.default_order: 256, measures.many_forwards: 512,
               measures.own_loopback: 512}


def main():
    words = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Where other OS users can enter, because the door is one of them.
    place = pathlib.Path(tempfile.mkdtemp(prefix="keyhole-bench-", dir="/var/tmp"))
    place.chmod(0o755)
    words.running = running = []
    try:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / "key"], check=True)
        if words.images:
            images.report(machine(), images.compare(place, words.images, words.rounds, running), words.json)
        elif words.logins:
            crowd.report(machine(), crowd.compare(place, words.cipher, words.logins, running), words.json)
        elif words.audit:
            audited.report(machine(), audited.compare(place, words.cipher, words.audit, running), words.json)
        elif words.profile:
            toy = start(running, Toy, place / "toy.sock")
            door = start(running, Door, place, words.cipher, toy=toy)
            hot.report(machine(), hot.profile(place, door, words), words)
        else:
            compare(place, words, running)
    finally:
        for each in reversed(running):
            each.stop()
        shutil.rmtree(place, ignore_errors=True)


def start(running, kind, *what, **how):
    """What is in `running` is stopped at the end."""
    say(f"starting {kind.name}")
    running.append(kind(*what, **how))
    return running[-1]


def arguments():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=1024, help="MiB of a transfer")
    parser.add_argument("--cipher", default="aes128-gcm@openssh.com")
    parser.add_argument("--only", metavar="NAME,NAME", default=",".join(USUAL),
                        help=f"just these of {', '.join(USUAL)}, which are the usual ones, {', '.join(NAMED)}; or all")
    parser.add_argument("--cold", action="store_true", help="count the first bytes of a server, too, and not only later ones")
    parser.add_argument("--quick", action="store_true", help="one small round, to see that it works")
    parser.add_argument("--peers", action="store_true", help="beside sshd also a server of Go's x/crypto/ssh, and chisel; needs a Go")
    parser.add_argument("--full", action="store_true", help="5 GiB for each transfer of rekey")
    parser.add_argument("--profile", action="store_true",
                        help="only this: where the door's CPU goes in a download, or in an upload with --upload")
    parser.add_argument("--upload", action="store_true", help="with --profile")
    parser.add_argument("--logins", type=int, metavar="N",
                        help="only this: N logins at a door with one key, and at one with 500 people and 2,000 keys")
    parser.add_argument("--audit", type=int, metavar="SECONDS", nargs="?", const=120,
                        help="only this: logins beside 1,000 audited events a second, for so long, and as long without")
    parser.add_argument("--images", metavar="BASE",
                        help="only this: builds on that base, an archive of docker save, and starts of the image")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    every = {**USUAL, **NAMED}
    names = list(every) if words.only == "all" else words.only.split(",")
    unknown = [name for name in names if name not in every]
    if unknown:
        parser.error(f"no measure is called {', '.join(unknown)}; there are {', '.join(every)}")
    words.measures = [every[name] for name in names]
    if words.quick:
        words.rounds, words.size = 1, 64
    return words


def compare(place, words, running):
    toy = start(running, Toy, place / "toy.sock")
    servers = [start(running, kind, place, words.cipher, toy=toy) for kind in (Door, Sshd)]
    for kind in (GoForwarder, Chisel) if words.peers else ():
        try:
            servers.append(start(running, kind, place, words.cipher, toy=toy))
        except Missing as why:
            say(f"{kind.name} is left out: {why}")
    if not words.cold:
        warm_up(servers, words)
    rounds = [one_round(servers, words, number) for number in range(words.rounds)]
    table.report(machine(), words, [server.name for server in servers], rounds)


def warm_up(servers, words):
    for measure in words.measures:
        if measure in WARM_UP_MIB:
            amount = WARM_UP_MIB[measure] // (32 if words.quick else 1)
            for server in those_that_can(measure, servers):
                say(f"warm-up: {measure.__name__} {server.name}, {amount} MiB")
                measure(server, argparse.Namespace(**{**vars(words), "size": amount}))


def one_round(servers, words, number):
    """Every measure on all servers; who comes first changes from round to round."""
    order = servers if number % 2 == 0 else servers[::-1]
    figures = {server.name: {} for server in servers}
    for measure in words.measures:
        for server in those_that_can(measure, order):
            say(f"round {number + 1} of {words.rounds}: {measure.__name__} {server.name}")
            try:
                figures[server.name].update(measure(server, words))
            except Missing as why:
                say(f"{measure.__name__} is left out: {why}")
    return figures


def those_that_can(measure, servers):
    return [server for server in servers if server.can is None or measure.__name__ in server.can]


def machine():
    cpu = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    ssh = subprocess.run(["ssh", "-V"], capture_output=True, text=True, check=True).stderr.split(",")[0]
    release = (pathlib.Path(os.environ["JAVA_HOME"]) / "release").read_text()
    java = next(line.split('"')[1] for line in release.splitlines() if line.startswith("JAVA_RUNTIME_VERSION"))
    return f"{cpu}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Linux {platform.release()}, {ssh}, JDK {java}"


def say(what):
    print(f"bench: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
