"""Measures, and prints tables: see `run`, which starts it."""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import plot
import synthetic
from processes import Failed, cargo, environment, median, timed, touch
from rivals import CLIENTS, SERVERS, Rivals

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["github", "stripe", "kubernetes-v3", "openai", "discord"]
SIZES = [10, 100, 500, 1_000, 2_000, 4_000]
TARGETS = ["client", "server", "docs"]


class Specsmith:
    """Our command, and the folder for what it makes."""

    def __init__(self, program, folder):
        self.program = pathlib.Path(program).resolve()
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        # A folder on a disk takes longer to fill when one with as many files was removed before.
        memory = pathlib.Path("/dev/shm")
        self.generated = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else self.folder)

    def scratch(self, name):
        """A folder that does not outlive the measurement."""
        return pathlib.Path(self.generated.name) / name

    def generate(self, document, into, targets=TARGETS):
        """What it costs to make these of a document; the folder is made anew."""
        shutil.rmtree(into, ignore_errors=True)
        chosen = [word for target in targets for word in (f"--{target}", into / target)]
        return timed([self.program, "generate", document, *chosen])

    def operations(self, document):
        """How many operations a document has."""
        command = [self.program, "list", document, "--only", "operations", "--format", "json"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return len(json.loads(told)["operations"])


def say(line):
    print(line, flush=True)


def table(columns):
    say(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")


def row(cells):
    say(f"| {' | '.join(map(str, cells))} |")


def ratio(ours, theirs):
    return f"{ours.cpu / theirs.cpu:.2f}, {ours.peak / theirs.peak:.2f}"


def generation(specsmith, rivals, documents, rounds):
    """Three targets of ours, and the client alone of each rival, in turns."""
    names = rivals.of(CLIENTS)
    table(["document, operations", "client, server, docs", *names, "ours / fastest"])
    for document in documents:
        ours, theirs = [], {name: [] for name in names}
        for _ in range(rounds):
            ours.append(specsmith.generate(document, specsmith.scratch("ours")))
            for name in list(theirs):
                cost = rivals.generation(name, document, specsmith.scratch(name))
                if cost:
                    theirs[name].append(cost)
                else:
                    del theirs[name]
        theirs = {name: median(costs) for name, costs in theirs.items()}
        fastest = min(theirs.values(), key=lambda cost: cost.cpu, default=None)
        cells = [theirs.get(name, "-") for name in names]
        last = ratio(median(ours), fastest) if fastest else "-"
        row([f"{document.stem}, {specsmith.operations(document)}", median(ours), *cells, last])


def prepared(specsmith, document, target):
    """Our package of a document with its dependencies checked, and the folder of what was built."""
    into = specsmith.folder / f"check-{document.stem}"
    package = into / target
    shutil.rmtree(package, ignore_errors=True)
    specsmith.generate(document, into, [target])
    with open(package / "Cargo.toml", "a") as manifest:
        manifest.write("\n[workspace]\n")
    shutil.copy(ROOT / "Cargo.lock", package)
    cargo(package, specsmith.folder / "target", "check", "--quiet")
    return package, specsmith.folder / "target"


def check(specsmith, rivals, documents, packages, rounds):
    """`cargo check` of a package alone, cold; packages that do not compile are left out."""
    table(["document, operations", "package", "ours", "rivals", "ours / best", "each operation, ours / best"])
    for document in documents:
        operations = specsmith.operations(document)
        for target in packages:
            theirs = checks(specsmith, rivals, document, target, rounds)
            ours = theirs.pop("ours")
            best = min(theirs.values(), key=lambda cost: cost.cpu, default=None)
            row(
                [
                    f"{document.stem}, {operations}",
                    target,
                    ours,
                    "; ".join(f"{name} {cost}" for name, cost in theirs.items()) or "none compiles",
                    ratio(ours, best) if best else "-",
                    " / ".join(each(cost, operations) for cost in (ours, best) if cost),
                ]
            )


def checks(specsmith, rivals, document, target, rounds, measure=None):
    """What a check costs, or something else that is measured in packages that compile, by the name of who generated them."""
    measure = measure or (lambda package, built: cargo(package, built, "check", "--quiet", "--offline"))
    packages = {"ours": prepared(specsmith, document, target)}
    for name in rivals.of(SERVERS if target == "server" else CLIENTS):
        package = specsmith.folder / f"check-{document.stem}-{name}"
        if rivals.compiles(name, document, package):
            packages[name] = package, rivals.target()
    costs = {name: [] for name in packages}
    for _ in range(rounds):
        for name, (package, built) in packages.items():
            touch(package / "src")
            costs[name].append(measure(package, built))
    return {name: median(list) for name, list in costs.items()}


def editor(specsmith, rivals, documents, rounds):
    """What rust-analyzer needs to load a client and to infer the types of all of its functions."""
    if not shutil.which("rust-analyzer"):
        raise Failed("rust-analyzer is not there: rustup component add rust-analyzer rust-src")
    analysis = ["rust-analyzer", "analysis-stats", "--quiet"]
    names = rivals.of(CLIENTS)
    table(["document, operations", "ours", *names, "ours / best"])
    for document in documents:
        theirs = checks(
            specsmith,
            rivals,
            document,
            "client",
            rounds,
            lambda package, built: timed([*analysis, package], package, environment(built)),
        )
        ours = theirs.pop("ours")
        best = min(theirs.values(), key=lambda cost: cost.cpu, default=None)
        cells = [theirs.get(name, "-") for name in names]
        row([f"{document.stem}, {specsmith.operations(document)}", ours, *cells, ratio(ours, best) if best else "-"])


def each(cost, operations):
    return f"{cost.cpu / operations * 1e3:.1f} ms, {cost.peak / operations:.2f} MB"


def build(specsmith, documents, rounds):
    """What users do with our client, its dependencies being there."""
    table(["client of", "check", "debug build", "release build", "rlibs", "check again: a group, a type changed"])
    for document in documents:
        package, target = prepared(specsmith, document, "client")
        library = f"lib{name_of(package).replace('-', '_')}.rlib"
        costs, sizes = {}, []
        for profile, arguments in ("check", ["check"]), ("debug", ["build"]), ("release", ["build", "--release"]):
            cargo(package, target, *arguments, "--quiet")
            costs[profile] = []
            for _ in range(rounds):
                touch(package / "src")
                costs[profile].append(cargo(package, target, *arguments, "--quiet", "--offline"))
            if profile != "check":
                sizes.append((target / profile / library).stat().st_size / 2**20)
        changed = [after_change(package, target, folder, rounds) for folder in ("api", "types")]
        sizes = ", ".join(f"{size:.0f} MB" for size in sizes)
        row([document.stem, *map(median, costs.values()), sizes, "; ".join(map(str, changed))])


def name_of(package):
    """What the manifest calls a package."""
    manifest = subprocess.run(["cargo", "read-manifest"], cwd=package, capture_output=True, check=True).stdout
    return json.loads(manifest)["name"]


def after_change(package, target, folder, rounds):
    """An incremental check after a function was added to a file of middle size."""
    files = sorted((package / "src" / folder).rglob("*.rs"), key=lambda path: path.stat().st_size)
    path = files[len(files) // 2]
    text, costs = path.read_text(), []
    cargo(package, target, "check", "--quiet", "--offline", incremental=True)
    for number in range(rounds):
        path.write_text(f"{text}\n/// Added.\npub fn added_{number}() {{}}\n")
        costs.append(cargo(package, target, "check", "--quiet", "--offline", incremental=True))
    path.write_text(text)
    return median(costs)


def grow(specsmith, rounds):
    """Synthetic documents of more and more operations, and how much a doubling costs."""
    costs = {}
    for size in SIZES:
        document = specsmith.folder / f"synthetic-{size}.json"
        document.write_text(json.dumps(synthetic.document(size), indent=1))
        into = specsmith.scratch("ours")
        costs[size] = median([specsmith.generate(document, into) for _ in range(rounds)])
    table(["operations", "CPU", "peak memory", "CPU for each operation", "factor of the doubling: CPU, memory"])
    for size, cost in costs.items():
        half = costs.get(size // 2)
        factor = ratio(cost, half) if half else ""
        row([f"{size:,}", f"{cost.cpu:.2f} s", f"{cost.peak:,.0f} MB", f"{cost.cpu / size * 1e3:.2f} ms", factor])
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    for name, title, unit, value in (
        ("cpu", "CPU time of generating a client, a server and a reference", "s", lambda cost: cost.cpu),
        ("memory", "Peak memory of generating a client, a server and a reference", "MB", lambda cost: cost.peak),
    ):
        points = [(size, value(cost)) for size, cost in costs.items()]
        (images / f"growth-{name}.svg").write_text(plot.svg(title, "operations", unit, points))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/performance/run")
    parser.add_argument("program", help=argparse.SUPPRESS)
    parser.add_argument("folder", help=argparse.SUPPRESS)
    parser.add_argument("corpus", metavar="CORPUS", type=pathlib.Path)
    parser.add_argument("rivals", metavar="RIVALS", nargs="?")
    parser.add_argument("--only", choices=["generation", "check", "editor", "build", "growth"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--packages", default="client,server", help="which are checked")
    parser.add_argument("--documents", default=",".join(DOCUMENTS))
    return parser.parse_args()


def main():
    given = arguments()
    specsmith, rivals = Specsmith(given.program, given.folder), Rivals(given.rivals)
    documents = [next(given.corpus.resolve().glob(f"{name}.*")) for name in given.documents.split(",")]
    measures = {
        "generation": lambda: generation(specsmith, rivals, documents, given.rounds),
        "check": lambda: check(specsmith, rivals, documents, given.packages.split(","), given.rounds),
        "editor": lambda: editor(specsmith, rivals, documents, given.rounds),
        "build": lambda: build(specsmith, documents, given.rounds),
        "growth": lambda: grow(specsmith, given.rounds),
    }
    for name, measure in measures.items():
        if given.only in (None, name):
            say(f"\n## {name}, medians of {given.rounds}\n")
            measure()


try:
    main()
except Failed as failed:
    sys.exit(str(failed))
