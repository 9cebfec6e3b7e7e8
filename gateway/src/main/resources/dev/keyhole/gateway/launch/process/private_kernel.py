"""Starts the IPython kernel without a TCP port.

A kernel's five sockets follow the transport that the server chose; ipykernel has two more that do not. Both listen on
127.0.0.1, where every user of the machine can connect:

* the pipe by which forked children print: moved to a socket beside the kernel's own
* the debugger's: switched off, and the kernel says that it has none
"""

import os
import sys

del sys.path[0]  # this script's directory; the kernel puts the notebook's there

import zmq  # noqa: E402
from ipykernel import debugger  # noqa: E402
from ipykernel import iostream  # noqa: E402
from ipykernel import kernelapp  # noqa: E402
from zmq.eventloop.zmqstream import ZMQStream  # noqa: E402

CONNECTION_FILE = sys.argv[sys.argv.index("-f") + 1]
PIPE = "ipc://" + os.path.splitext(CONNECTION_FILE)[0] + "-pipe"


class PrivatePipe(iostream.IOPubThread):
    def _setup_pipe_in(self):
        self._pipe_uuid = os.urandom(16)
        pipe_in = self.socket.context.socket(zmq.PULL)
        pipe_in.linger = 0
        pipe_in.bind(PIPE)
        self._pipe_in = ZMQStream(pipe_in, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self):
        context = zmq.Context()  # a new one: the old does not survive the fork
        pipe_out = context.socket(zmq.PUSH)
        pipe_out.linger = 3000
        pipe_out.connect(PIPE)
        return context, pipe_out


kernelapp.IOPubThread = PrivatePipe
debugger._is_debugpy_available = False

if __name__ == "__main__":
    kernelapp.launch_new_instance()
