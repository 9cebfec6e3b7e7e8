"""A client that fails to log in, and says what it wants meanwhile.

Arguments: host, port, what stands before its identification, its identification, its login name, times; the three texts
in hexadecimal. Prints one line for each time: what became of it.
"""

import socket
import sys

import paramiko

host, port, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[6])
before, identification, login = (bytes.fromhex(text) for text in sys.argv[3:6])
key = paramiko.ECDSAKey.generate()


class Name(bytes):
    """A login name that is no text."""

    def encode(self, *ignored):
        return bytes(self)


for _ in range(times):
    try:
        plain = socket.create_connection((host, port), timeout=5)
        plain.sendall(before)
        transport = paramiko.Transport(plain)
        transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = 10
        if identification:
            # Sent as it is; paramiko hashes the same text into the key exchange.
            transport.local_version = identification.decode("latin-1")
        transport.start_client(timeout=10)
        transport.auth_publickey(Name(login), key)
        print("let in", flush=True)
    except Exception as e:  # whatever it is, it was no login
        print(type(e).__name__, e, flush=True)
    finally:
        try:
            transport.close()
            plain.close()
        except NameError:
            pass
