"""Speaks to a Jupyter server as its web page does: notebook.py PORT VERB WORDS... prints the answer.

start                 starts a kernel, prints its id
kernels               prints the ids of what runs, one a line
run ID CODE           runs code in a kernel, prints what the code printed
put NAME FILE         stores a local file beside the notebooks
"""

import json
import sys
import uuid

import requests
import websocket

TIMEOUT = 90


class Notebook:
    def __init__(self, port):
        self.host = f"localhost:{port}"
        self.web = requests.Session()
        # The page brings the token that every later change must show.
        self.web.get(self.url("/lab"), timeout=TIMEOUT).raise_for_status()
        self.headers = {"X-XSRFToken": self.web.cookies.get("_xsrf", "")}

    def url(self, path):
        return f"http://{self.host}{path}"

    def start(self):
        answer = self.web.post(self.url("/api/kernels"), json={}, headers=self.headers, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()["id"]

    def kernels(self):
        answer = self.web.get(self.url("/api/kernels"), timeout=TIMEOUT)
        answer.raise_for_status()
        return "\n".join(kernel["id"] for kernel in answer.json())

    def put(self, name, file):
        with open(file, encoding="utf-8") as text:
            model = {"type": "file", "format": "text", "content": text.read()}
        answer = self.web.put(
            self.url("/api/contents/" + name), json=model, headers=self.headers, timeout=TIMEOUT
        )
        answer.raise_for_status()
        return name

    def run(self, kernel, code):
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.web.cookies)
        channels = websocket.create_connection(
            f"ws://{self.host}/api/kernels/{kernel}/channels", cookie=cookies, timeout=TIMEOUT
        )
        asked = str(uuid.uuid4())
        channels.send(
            json.dumps(
                {
                    "channel": "shell",
                    "header": {
                        "msg_id": asked,
                        "msg_type": "execute_request",
                        "username": "",
                        "session": str(uuid.uuid4()),
                        "version": "5.3",
                    },
                    "parent_header": {},
                    "metadata": {},
                    "content": {"code": code, "silent": False, "store_history": False},
                }
            )
        )
        printed = []
        while True:
            message = json.loads(channels.recv())
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "stream":
                printed.append(content["text"])
            elif kind == "error":
                sys.exit("\n".join(content["traceback"]))
            elif kind == "status" and content["execution_state"] == "idle":
                channels.close()
                return "".join(printed).rstrip("\n")


def main(port, verb, *words):
    print(getattr(Notebook(port), verb)(*words))


main(*sys.argv[1:])
