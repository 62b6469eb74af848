"""What two servers do under the same load, in turns: requests in a second, and how long the slowest of a hundred takes."""
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

    def load(self, path, script, seconds):
        """Requests in a second, and the 99th percentile in milliseconds."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
            if script:
                file.write(script)
                file.flush()
                command += ["-s", file.name]
            told = subprocess.run([*command, self.address + path], capture_output=True, text=True, check=True).stdout
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
        return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), float(value) * UNITS[unit]


def status(server, path, script):
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", server.address + path]
    if script:
        command += ["-H", "content-type: application/json", "-H", "x-staff-key: staff-of-the-bookstore", "-d", BOOK]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def compare(servers):
    print(f"{'request':<8} {'generated/s':>12} {'by hand/s':>12} {'ratio':>6} {'p99 ms':>8} {'by hand':>8} {'ratio':>6}")
    for name, (path, script, expected) in REQUESTS.items():
        for server in servers:
            assert status(server, path, script) == expected, (name, server.address)
        rounds = [[server.load(path, script, SECONDS) for server in servers] for _ in range(ROUNDS)]
        rate, by_hand = (statistics.median(round[side][0] for round in rounds) for side in (0, 1))
        slow, slow_by_hand = (statistics.median(round[side][1] for round in rounds) for side in (0, 1))
        ratios = rate / by_hand, slow / slow_by_hand
        print(f"{name:<8} {rate:>12.0f} {by_hand:>12.0f} {ratios[0]:>6.3f} {slow:>8.2f} {slow_by_hand:>8.2f} {ratios[1]:>6.3f}")


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
