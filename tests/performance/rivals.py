"""The rivals, as their script `run.sh` runs them: which there are, and what one of them makes of a document."""
import csv
import pathlib
import shutil
import subprocess

from processes import Failed, environment, timed

CLIENTS = ["ploidy", "oas3-gen", "openapi-to-rust", "progenitor"]
SERVERS = ["oas3-gen-server", "openapi-to-rust-server"]


class Rivals:
    """A folder of rivals; none where it is `None`."""

    def __init__(self, folder):
        self.folder = folder and pathlib.Path(folder).resolve()

    def of(self, names):
        """Those of these that are there."""
        return [name for name in names if self.folder and self.program(name).exists()]

    def program(self, name):
        """The program behind a name of the script."""
        program = {"progenitor": "cargo-progenitor"}.get(name, name.removesuffix("-server"))
        return self.folder / "bin" / program

    def target(self):
        """Where cargo puts what it makes of their packages."""
        return self.folder / "target"

    def generation(self, name, document, package):
        """What generating a client costs; `None` where that fails. The command is that of the script, which formats, too."""
        shutil.rmtree(package, ignore_errors=True)
        package.mkdir(parents=True)
        program = self.program(name)
        command = {
            "ploidy": [program, "generate", "rust", document, "-o", package, "--name", "client"],
            "oas3-gen": [program, "generate", "client-mod", "-i", document, "-o", package, "--workspace"],
            "openapi-to-rust": [program, "generate", document, "--output-dir", package / "src"],
            "progenitor": [program, "progenitor", "-i", document, "-o", package, "-n", "client", "-v", "0.1.0"]
            + ["--license-name", "MIT", "--interface", "positional"],
        }[name]
        try:
            return timed(command)
        except Failed:
            return None

    def compiles(self, name, document, package):
        """Whether cargo has nothing against the package that the script generates, which is there then."""
        told_to_cargo = environment(self.target()) | {"PREFIX": str(self.folder)}
        script = self.folder / "run.sh"
        header = subprocess.run([script, "--header"], capture_output=True, text=True, check=True).stdout
        command = [script, name, document, package]
        line = subprocess.run(command, capture_output=True, text=True, check=True, env=told_to_cargo).stdout
        told = next(csv.DictReader([header, line], delimiter="\t", quoting=csv.QUOTE_NONE))
        return told["check"] == "ok"
