"""The service behind both servers: GET /bytes/N sends N bytes, POST swallows what comes. Runs until it is killed."""

import http.server
import sys

BLOCK = b"x" * 262144


class Toy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # a small answer is one write: two would measure the kernels' delays and not the servers

    def setup(self):
        super().setup()
        self.connection.setsockopt(6, 1, 1)  # TCP_NODELAY: no waiting for a fuller packet

    def do_GET(self):
        left = int(self.path.rsplit("/", 1)[-1])
        self.send_response(200)
        self.send_header("Content-Length", str(left))
        self.end_headers()
        while left > 0:
            self.wfile.write(BLOCK[: min(left, len(BLOCK))])
            left -= len(BLOCK)

    def do_POST(self):
        left = int(self.headers["Content-Length"])
        while left > 0:
            left -= len(self.rfile.read(min(left, len(BLOCK))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # a transfer that was broken off


Server(("127.0.0.1", int(sys.argv[1])), Toy).serve_forever()
