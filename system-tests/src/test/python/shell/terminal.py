"""A terminal session by paramiko: port, key, login. The last line is the verdict."""
import json
import sys
import paramiko

port, key, login = sys.argv[1:4]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect("127.0.0.1", int(port), login, key_filename=key, allow_agent=False, look_for_keys=False)
channel = client.get_transport().open_session()
channel.settimeout(30)
channel.get_pty("vt100", 81, 25)
channel.invoke_shell()
seen = ""


def say(text):
    channel.send(text.encode())


def until(text):
    global seen
    while text not in seen:
        piece = channel.recv(4096)
        if not piece:
            raise SystemExit("ended without " + text + ": " + seen)
        seen += piece.decode("utf-8", "replace")
    before, seen = seen.split(text, 1)
    return before


done = {}
say("tty; echo siz''e $(stty size) $TERM\n")
before = until("size 25 81 vt100")
done["tty"] = "/dev/pts/" in before
channel.resize_pty(132, 43)
say("echo no''w $(stty size)\n")
until("now 43 132")
done["resize"] = True
say("echo slee''ping; sleep 30\n")
until("sleeping")
say("\x03")
until("^C")
say("\necho stat''us $?\n")
until("status ")
done["interrupt"] = True
say("sleep 30 &\n")
say("jobs; echo don''e\n")
done["jobs"] = "Running" in until("done")
say("kill %1; exit 5\n")
done["exit"] = channel.recv_exit_status() == 5
client.close()
print(json.dumps(done))
