"""paramiko against a door: port, key, login, blob, local copy. The last line is the verdict."""
import json
import sys
import urllib.request  # noqa: F401  (the forward is read by hand)
import paramiko

port, key, login, blob, copy = sys.argv[1:6]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect("127.0.0.1", int(port), login, key_filename=key, allow_agent=False, look_for_keys=False)
done = {"login": True}
_, out, _ = client.exec_command("exit 7")
done["exec"] = out.channel.recv_exit_status() == 7
wanted = open(blob, "rb").read()
channel = client.get_transport().open_session()
channel.exec_command("cat")
import threading


def feed():
    channel.sendall(wanted)
    channel.shutdown_write()


threading.Thread(target=feed).start()
got = b""
while True:
    piece = channel.recv(32768)
    if not piece:
        break
    got += piece
done["pipe"] = got == wanted
sftp = client.open_sftp()
sftp.put(blob, "from-paramiko")
sftp.get("from-paramiko", copy)
done["files"] = open(copy, "rb").read() == wanted
forward = client.get_transport().open_channel("direct-tcpip", ("localhost", 8888), ("127.0.0.1", 1))
forward.sendall(b"GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n")
done["forward"] = b"200 OK" in forward.recv(4096)
client.close()
print(json.dumps(done))
