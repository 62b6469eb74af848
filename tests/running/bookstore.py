"""Starts the bookstore on a free port."""
import subprocess
import sys


class Bookstore:
    def __init__(self):
        self.process = subprocess.Popen([sys.argv[1], "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip().removesuffix("/docs")
        host, port = self.url.removeprefix("http://").removesuffix("/v1").split(":")
        self.address = (host, int(port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
