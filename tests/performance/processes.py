"""What a process costs: CPU time and peak memory, of itself and of all that it starts."""
import dataclasses
import os
import pathlib
import statistics
import subprocess
import tempfile


class Failed(Exception):
    """A process did not end well."""


@dataclasses.dataclass
class Cost:
    """CPU seconds (user and system), and the megabytes (2^20 bytes) of the largest process."""

    cpu: float
    peak: float

    def __str__(self):
        return f"{self.cpu:.2f} s, {self.peak:,.0f} MB"


def median(costs):
    """The medians of both figures."""
    return Cost(statistics.median(cost.cpu for cost in costs), statistics.median(cost.peak for cost in costs))


def timed(command, folder=None, environment=None):
    """Runs a command and tells its cost; what it prints is told where it fails.

    Python is larger than small commands, and what a process was before `exec` counts as its peak. So `time`, which is
    small, starts the command and tells its memory; the CPU time is taken here, since `time` knows hundredths only.
    """
    with tempfile.NamedTemporaryFile("r") as peak, tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            ["/usr/bin/time", "-f", "%M", "-o", peak.name, *map(str, command)],
            cwd=folder,
            env=environment,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            raise Failed(f"{' '.join(map(str, command))}\n{told.read()[-4000:]}")
        return Cost(used.ru_utime + used.ru_stime, int(peak.read().split()[-1]) / 1024)


def environment(target, incremental=False):
    """What cargo is told, which is the same each time: what else the environment says could change what it builds."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CARGO_", "RUSTFLAGS"))}
    home = {"CARGO_HOME": os.environ["CARGO_HOME"]} if "CARGO_HOME" in os.environ else {}
    return kept | home | {"CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "1" if incremental else "0"}


def cargo(folder, target, *arguments, incremental=False):
    """Runs cargo in a package, and tells its cost."""
    return timed(["cargo", *arguments], folder, environment(target, incremental))


def touch(folder):
    """Makes all sources of a package newer than what was made of them."""
    for path in pathlib.Path(folder).rglob("*.rs"):
        path.touch()
