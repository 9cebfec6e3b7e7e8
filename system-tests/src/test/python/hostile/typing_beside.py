"""Somebody types in a terminal: port, key file, login, how many keys. Milliseconds until each is echoed."""

import json
import sys
import time

import paramiko

port, key, user, count = sys.argv[1:5]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect("127.0.0.1", int(port), user, key_filename=key, allow_agent=False, look_for_keys=False)
channel = client.get_transport().open_session()
channel.settimeout(30)
channel.get_pty("vt100", 80, 24)
channel.exec_command("stty raw -echo; echo ready; exec cat")
seen = b""
while not seen.endswith(b"ready\n"):
    seen += channel.recv(100)
times = []
for _ in range(int(count)):
    began = time.monotonic()
    channel.send(b"x")
    channel.recv(1)
    times.append((time.monotonic() - began) * 1000)
    time.sleep(max(0.0, 0.02 - times[-1] / 1000))
client.close()
times.sort()
print(json.dumps({"p50": round(times[len(times) // 2], 2), "p99": round(times[len(times) * 99 // 100], 2), "most": round(times[-1], 2)}))
