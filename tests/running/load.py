"""What two servers do under the same load, in turns: requests in a second, how long the slowest of a hundred takes, and the
CPU time of the server for each, which other work on the machine changes least."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS, SECONDS, CONNECTIONS = 5, 5, 16
BOOK = (
    '{"isbn":"978-0-13-468599-1","title":"A New Book","genre":"fiction","authors":["6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f"],'
    '"published":"2024-05-06","price":{"amount":1250,"currency":"EUR"},"keywords":{"mood":"dark"}}'
)
SCRIPT = f"""
wrk.method = "POST"
wrk.body = [[{BOOK}]]
wrk.headers["content-type"] = "application/json"
wrk.headers["x-staff-key"] = "staff-of-the-bookstore"
"""
REQUESTS = {
    "get": ("/v1/books/978-0-13-468599-1", None, 200),
    "list": ("/v1/books?limit=20&sort=-title&published_after=2020-01-01", None, 200),
    "create": ("/v1/books", SCRIPT, 409),
}
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


class Server:
    """A server on a port of its own."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.address = "/".join(self.process.stdout.readline().strip().split("/")[:3])

    def memory(self):
        """The resident set in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def cpu(self):
        """The CPU time so far in microseconds, of the process and of the system for it."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")

    def load(self, path, script, seconds):
        """Requests in a second, the 99th percentile in milliseconds, and the CPU time of a request in microseconds."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
            if script:
                file.write(script)
                file.flush()
                command += ["-s", file.name]
            before = self.cpu()
            told = subprocess.run([*command, self.address + path], capture_output=True, text=True, check=True).stdout
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
        requests = int(re.search(r"(\d+) requests in", told)[1])
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
        return rate, float(value) * UNITS[unit], (self.cpu() - before) / requests


def status(server, path, script):
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", server.address + path]
    if script:
        command += ["-H", "content-type: application/json", "-H", "x-staff-key: staff-of-the-bookstore", "-d", BOOK]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def compare(servers):
    figures = ["requests/s", "p99 ms", "CPU us"]
    print(f"{'request':<8}", *(f"{figure:>11} {'by hand':>9} {'ratio':>6}" for figure in figures))
    for name, (path, script, expected) in REQUESTS.items():
        for server in servers:
            assert status(server, path, script) == expected, (name, server.address)
        rounds = [[server.load(path, script, SECONDS) for server in servers] for _ in range(ROUNDS)]
        cells = []
        for figure in range(len(figures)):
            generated, by_hand = (statistics.median(round[side][figure] for round in rounds) for side in (0, 1))
            cells.append(f"{generated:>11.2f} {by_hand:>9.2f} {generated / by_hand:>6.3f}")
        print(f"{name:<8}", *cells, flush=True)


def watch(server, minutes):
    path, script, _ = REQUESTS["list"]
    server.load(path, script, 10)
    begin = time.monotonic()
    print(f"memory   {server.memory():.1f} MiB after 10 s")
    while time.monotonic() - begin < minutes * 60:
        for path, script, _ in REQUESTS.values():
            server.load(path, script, 10)
        print(f"memory   {server.memory():.1f} MiB after {time.monotonic() - begin + 10:.0f} s", flush=True)


servers = [Server(program) for program in sys.argv[1:3]]
try:
    compare(servers)
    watch(servers[0], float(sys.argv[3]))
finally:
    for server in servers:
        server.process.kill()
