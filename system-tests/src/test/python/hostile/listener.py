"""A server of another OS user. Listens on every address; prints its port, then a line for each connection it gets."""

import socket

listener = socket.socket(socket.AF_INET6)
listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
listener.bind(("::", 0))
listener.listen(64)
print(listener.getsockname()[1], flush=True)
while True:
    connection, peer = listener.accept()
    print("connection from", peer[0], flush=True)
    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nsecret of somebody else\n")
    connection.close()
