"""Runs both servers side by side and prints what was measured; see bin/bench."""

import argparse
import json
import os
import pathlib
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

import audited
import crowd
import images
import measures
from servers import Door, Sshd


def main():
    words = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Where other OS users can enter, because the door is one of them.
    place = pathlib.Path(tempfile.mkdtemp(prefix="keyhole-bench-", dir="/var/tmp"))
    place.chmod(0o755)
    servers = []
    try:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / "key"], check=True)
        if words.images:
            images.report(machine(), images.compare(place, words.images, words.rounds, servers), words.json)
            return
        if words.logins:
            crowd.report(machine(), crowd.compare(place, words.cipher, words.logins, servers), words.json)
            return
        if words.audit:
            audited.report(machine(), audited.compare(place, words.cipher, words.audit, servers), words.json)
            return
        for kind in (Door, Sshd):
            say(f"starting {kind.name}")
            servers.append(kind(place, words.cipher))
        rounds = [one_round(servers, words, number) for number in range(words.rounds)]
        warm = [measures.first_byte(servers[0]) for _ in range(words.rounds)]
        report(words, rounds, warm)
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(place, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=1024, help="MiB of a transfer")
    parser.add_argument("--cipher", default="aes128-gcm@openssh.com")
    parser.add_argument("--quick", action="store_true", help="one small round, to see that it works")
    parser.add_argument("--logins", type=int, metavar="N",
                        help="only this: N logins at a door with one key, and at one with 500 people and 2,000 keys")
    parser.add_argument("--audit", type=int, metavar="SECONDS", nargs="?", const=120,
                        help="only this: logins beside 1,000 audited events a second, for so long, and as long without")
    parser.add_argument("--images", metavar="BASE",
                        help="only this: builds on that base, an archive of docker save, and starts of the image")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    if words.quick:
        words.rounds, words.size = 1, 64
    return words


def one_round(servers, words, number):
    """Every measure on both servers; who comes first changes from round to round."""
    order = servers if number % 2 == 0 else servers[::-1]
    figures = {server.name: {} for server in servers}
    for measure, amount in ((measures.bulk, words.size), (measures.round_trips, 200 if words.quick else 1000),
                            (measures.logins, 5 if words.quick else 20),
                            (measures.idle_memory, 20 if words.quick else 100)):
        for server in order:
            say(f"round {number + 1} of {words.rounds}: {measure.__name__} {server.name}")
            figures[server.name].update(measure(server, amount))
    return figures


def report(words, rounds, warm):
    rows = []
    for metric in rounds[0]["keyhole"]:
        ours = [one["keyhole"][metric] for one in rounds]
        theirs = [one["sshd"][metric] for one in rounds]
        ratios = sorted(mine / other for mine, other in zip(ours, theirs) if other)
        rows.append({"metric": metric, "keyhole": statistics.median(ours), "sshd": statistics.median(theirs),
                     "ratio": {"min": ratios[0], "median": statistics.median(ratios), "max": ratios[-1]} if ratios else None})
    alone = [one["tunnel_to_first_jupyter_byte_ms"] for one in warm]
    rows.append({"metric": "tunnel_to_first_jupyter_byte_ms", "keyhole": statistics.median(alone), "sshd": None, "ratio": None})
    document = {"machine": machine(), "cipher": words.cipher, "rounds": words.rounds, "transfer_mib": words.size, "figures": rows}
    if words.json:
        print(json.dumps(document))
        return
    print(f"{document['machine']}\n{words.cipher}, {words.rounds} rounds, {words.size} MiB a transfer; medians\n")
    print(f"{'':34}{'keyhole':>10}{'sshd':>10}{'ratio min':>11}{'median':>9}{'max':>8}")
    for row in rows:
        line = f"{row['metric']:34}{row['keyhole']:10.2f}"
        if row["ratio"]:
            line += f"{row['sshd']:10.2f}{row['ratio']['min']:11.2f}{row['ratio']['median']:9.2f}{row['ratio']['max']:8.2f}"
        print(line)


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
