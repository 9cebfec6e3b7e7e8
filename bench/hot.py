"""Where the door's CPU goes while bytes go through one forward: its threads, its hot frames, its system calls."""

import collections
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import traffic
from processes import cpu_seconds, split_seconds
from toy import MIB

SAMPLE, WHILE = "2ms", 5
WARM_UP_MIB = 2048
FRAMES, STACKS, DEPTH = 25, 8, 10


def profile(place, door, words):
    """The same transfer several times: to warm up, under a recording, under perf and strace where they are."""
    send = traffic.upload if words.upload else traffic.download
    recordings = place / "recordings"
    recordings.mkdir()
    recordings.chmod(0o777)  # the door writes there as its own user
    with door.tunnel() as tunnel, traffic.connect(tunnel.local) as connection:
        say("warm-up")
        send(connection, WARM_UP_MIB // (32 if words.quick else 1) * MIB)
        say("plain")
        found = measured(door.pid, words.size, lambda: send(connection, words.size * MIB))
        say("under a recording")
        found.update(recorded(recordings / "bench.jfr", door.pid, lambda: for_a_while(send, connection, words.size * MIB)))
        say("under perf")
        found.update(below(place, door.pid, lambda: for_a_while(send, connection, words.size * MIB)))
        say("under strace")
        small = max(16, words.size // 8)
        found["system_calls_per_gib"] = system_calls(door.pid, lambda: send(connection, small * MIB), small)
        return found


def for_a_while(send, connection, amount):
    """Long enough for some hundred samples: the kernel's timers of CPU time are coarse."""
    end = time.monotonic() + WHILE
    while time.monotonic() < end:
        send(connection, amount)


def measured(pid, mebibytes, send):
    """MB/s, CPU for each GiB, user and system apart, and by thread."""
    threads, cpu, split, began = thread_seconds(pid), cpu_seconds(pid), split_seconds(pid), time.monotonic()
    send()
    took = time.monotonic() - began
    gib, after = mebibytes / 1024, split_seconds(pid)
    by_thread = collections.Counter()
    for task, (name, seconds) in thread_seconds(pid).items():
        by_thread[re.sub(r"[-#]?\d+$", "", name)] += (seconds - threads.get(task, ("", 0))[1]) / gib
    return {"mb_per_s": mebibytes * MIB / 1e6 / took, "cores": (cpu_seconds(pid) - cpu) / took,
            "cpu_s_per_gib": (cpu_seconds(pid) - cpu) / gib, "user_s_per_gib": (after[0] - split[0]) / gib,
            "system_s_per_gib": (after[1] - split[1]) / gib,
            "threads_cpu_s_per_gib": {name: seconds for name, seconds in by_thread.most_common(10) if seconds > 0.005}}


def thread_seconds(pid):
    """Name and CPU of each thread, by its id."""
    found = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            nanoseconds = int((task / "schedstat").read_text().split()[0])
            found[task.name] = ((task / "comm").read_text().strip(), nanoseconds / 1e9)
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def recorded(file, pid, send):
    """Frames of samples of CPU time (JEP 509), which has native frames' callers; of running threads where that is not there."""
    jdk("jcmd", pid, "JFR.start", "name=bench", "settings=none", "+jdk.CPUTimeSample#enabled=true",
        f"+jdk.CPUTimeSample#throttle={SAMPLE}", "+jdk.CPUTimeSample#stackTrace=true",
        "+jdk.ExecutionSample#enabled=true", "+jdk.ExecutionSample#period=10ms",
        "+jdk.NativeMethodSample#enabled=true", "+jdk.NativeMethodSample#period=10ms")
    send()
    jdk("jcmd", pid, "JFR.stop", "name=bench", f"filename={file}")
    for kind in ("jdk.CPUTimeSample", "jdk.ExecutionSample,jdk.NativeMethodSample"):
        text = jdk("jfr", "print", "--json", "--stack-depth", 64, "--events", kind, file)
        events = [event["values"] for event in json.loads(text)["recording"]["events"]]
        if events:
            return {"samples_of": kind, **hot_frames(events)}
    raise RuntimeError("the recording holds no samples")


def hot_frames(events):
    alone, within, stacks = collections.Counter(), collections.Counter(), collections.Counter()
    samples = 0
    for event in events:
        frames = [name_of(frame) for frame in (event.get("stackTrace") or {}).get("frames", [])]
        if not frames:
            continue  # a sample of which the JVM could not walk the stack
        samples += 1
        alone[frames[0]] += 1
        within.update(set(frames))
        stacks[" < ".join(frames[:DEPTH])] += 1
    share = lambda counter, most: {what: count / samples for what, count in counter.most_common(most)}
    ours = collections.Counter({what: count for what, count in within.items()
                                if re.match(r"dev\.keyhole|org\.apache\.sshd|sun\.nio\.ch|javax\.crypto|com\.sun\.crypto|com\.amazon", what)})
    return {"samples": samples, "lost": len(events) - samples, "hot": share(alone, FRAMES), "hot_with_callees": share(ours, FRAMES),
            "hot_stacks": share(stacks, STACKS)}


def name_of(frame):
    method = frame["method"]
    return f"{method['type']['name'].replace('/', '.')}.{method['name']}"


def jdk(tool, *words):
    """A tool of the JDK that runs the door."""
    ran = subprocess.run([os.path.join(os.environ["JAVA_HOME"], "bin", tool), *map(str, words)], capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{tool}: {ran.stdout}{ran.stderr}")
    return ran.stdout


def system_calls(pid, send, mebibytes):
    """How many of each kind for a GiB; they are slow while they are counted, so fewer bytes may go with each of them."""
    if not shutil.which("strace"):
        return "strace is not installed"
    strace = subprocess.Popen(["strace", "-c", "-f", "-U", "name,calls,errors", "-p", str(pid)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    send()
    strace.send_signal(signal.SIGINT)
    said = strace.communicate()[1]
    calls = {}
    for line in said.splitlines():
        words = line.split()
        if len(words) >= 2 and words[1].isdigit() and words[0] != "total":
            calls[words[0]] = int(words[1]) * 1024 // mebibytes
    return dict(sorted(calls.items(), key=lambda each: -each[1])[:12]) or said.strip()[:300]


def below(place, pid, send):
    """By perf, what lies under the frames that Java knows: shares of the door's CPU by library, and by function."""
    if not shutil.which("perf"):
        return {"perf": "is not installed"}
    file = place / "perf.data"
    perf = subprocess.Popen(["perf", "record", "-q", "-F", "999", "-e", "cpu-clock", "-p", str(pid), "-o", file],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    send()
    perf.send_signal(signal.SIGINT)
    said = perf.communicate()[1]
    if not file.exists():
        return {"perf": said.strip()[:300]}
    libraries, functions = collections.Counter(), {}
    for share, library, function in shares(file):
        libraries[library] += share
        if not function.startswith("0x"):
            functions[f"{library} {function}"] = share
    return {"perf_libraries": dict(libraries.most_common(6)),
            "perf_functions": dict(sorted(functions.items(), key=lambda each: -each[1])[:FRAMES])}


def shares(file):
    text = subprocess.run(["perf", "report", "-i", file, "--stdio", "--no-children", "--sort", "dso,symbol", "-g", "none"],
                          capture_output=True, text=True).stdout
    for line in text.splitlines():
        match = re.match(r"\s*([\d.]+)%\s+(.+?)\s+\[(.)\]\s+(\S.*?)(\s+-)*\s*$", line)
        if match:
            library = "compiled Java" if re.search(r"\[JIT\]|//anon|\[unknown\]|perf-\d+\.map", match[2]) else match[2]
            yield float(match[1]) / 100, library, match[4]


def report(machine, found, words):
    what = "upload" if words.upload else "download"
    if words.json:
        print(json.dumps({"machine": machine, "cipher": words.cipher, "transfer": what, "transfer_mib": words.size, **found}))
        return
    print(f"{machine}\n{words.cipher}, {what} of {words.size} MiB\n")
    for name, value in found.items():
        if isinstance(value, dict):
            print(f"\n{name}")
            for each, amount in value.items():
                print(f"{amount:10} {each}" if isinstance(amount, int) else
                      f"{amount:10.3f} {each}" if "cpu" in name else f"{amount * 100:9.1f}% {each}")
        else:
            print(f"{name:24}{value if isinstance(value, (str, int)) else f'{value:.2f}'}")


def say(what):
    print(f"bench: {what}", file=sys.stderr, flush=True)
