"""Serves TensorBoard on a unix socket, which TensorBoard itself cannot.

Started by Keyhole: tensorboard_on_socket.py SOCKET MODE HOSTS LOGDIR
MODE is octal, HOSTS the names, separated by commas, that a browser may have asked for.
"""

import os
import signal
import sys

from tensorboard import default
from tensorboard import program
from werkzeug import serving

SOCKET, MODE, HOSTS, LOGDIR = sys.argv[1:5]


def only_known_hosts(app):
    """Refuses other names, so that no web page can reach us by a name that it makes resolve to this machine."""
    known = set(HOSTS.split(",")) | {"127.0.0.1", "[::1]"}

    def checked(environ, start_response):
        host = environ.get("HTTP_HOST", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in known:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This name is not one of this TensorBoard's.\n"]
        return app(environ, start_response)

    return checked


class QuietHandler(serving.WSGIRequestHandler):
    """Writes no line for each request: the log is for what a person wants to read."""

    def log_request(self, code="-", size="-"):
        pass


class SocketServer(serving.ThreadedWSGIServer, program.TensorBoardServer):
    daemon_threads = True

    def __init__(self, app, flags):
        super().__init__("unix://" + SOCKET, 0, only_known_hosts(app), QuietHandler)
        os.chmod(SOCKET, int(MODE, 8))

    def get_url(self):
        return "unix socket " + SOCKET


def main():
    board = program.TensorBoard(
        plugins=default.get_plugins(),
        server_class=SocketServer,
    )
    # Not the fast loader: its helper process listens on a TCP port.
    board.configure(argv=["tensorboard", "--logdir", LOGDIR, "--load_fast=false"])
    # Not main(): that one announces itself to all users in /tmp/.tensorboard-info.
    board.launch()
    print("TensorBoard serves", LOGDIR, "on", SOCKET, flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    os._exit(0)


if __name__ == "__main__":
    # Blocked in every thread, so that only the wait above sees them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
