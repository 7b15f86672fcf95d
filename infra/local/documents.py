"""`make documents`: CPU and memory of reading a report and pages of orders, beside what else reads such files.

Everything is measured inside one run, in turns, and shown as ratios, so that a busy machine disturbs little. Each
reader starts as a process of its own, reads the same file and writes its rows as lines of JSON to nowhere; CPU and
peak memory are the kernel's, of the whole process. ARGS=--quick reads a tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import machine
from build import ROOT
from launch import ready_environment
from progress import GiveUp, run_program, step

HERE = Path(__file__).resolve().parent
PROGRAM = "reading"
MEGABYTES, PAGES, GIGABYTES, ROUNDS = 200, 200, 3, 3
"""The report once unpacked, pages of 100 orders, the report that is never anywhere as a whole; turns of each reader."""
ALLOWED_MIB = 64
"""What a report of any size may take (L60)."""
REPORT = ("csv", "pandas", "polars")
ORDERS = ("json", "orjson")
OURS = "sellerport"


@dataclass(frozen=True)
class Mark:
    """What one process took."""

    cpu_s: float
    peak_mb: float
    rows: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="make documents", description="What reading documents costs here.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, one turn")
    quick = parser.parse_args().quick
    part, rounds = (10, 1) if quick else (1, ROUNDS)
    python = ready_environment("documents-venv", HERE / "requirements-documents.txt")
    program = build()
    with tempfile.TemporaryDirectory(prefix="sellerport-documents-") as folder:
        report, pages = Path(folder) / "report.txt.gz", Path(folder) / "pages.ndjson"
        with step(f"Make a report of {MEGABYTES // part} MB and {PAGES // part} pages of orders"):
            made = tell(program, "make", "report", report, MEGABYTES // part)
            tell(program, "make", "pages", pages, PAGES // part)
        tables = [
            table(f"A settlement of {made['bytes'] / 1e6:.0f} MB, {report.stat().st_size / 1e6:.0f} MB gzipped, "
                  f"{made['rows']:,} rows of 24 columns", measure(program, python, "report", report, REPORT, rounds)),
            table(f"{PAGES // part} pages of 100 orders, {pages.stat().st_size / 1e6:.0f} MB of JSON",
                  measure(program, python, "pages", pages, ORDERS, rounds)),
        ]
    with step(f"Read a report of {GIGABYTES * 1000 // part} MB that is made meanwhile"):
        large = tell(program, "large", max(1, GIGABYTES // part))
    peak = large["peak_bytes"] / 2**20
    print("\n".join(["", machine(), "", *tables[0], "", *tables[1], "",
                     f"A report of {large['bytes'] / 1e9:.1f} GB, {large['rows']:,} rows: {peak:.2f} MiB at the peak "
                     f"above what was there before; {ALLOWED_MIB} are allowed."]))
    if peak > ALLOWED_MIB:
        raise GiveUp("It takes more memory than is allowed.")


def build() -> Path:
    """The reader with the functions' own profile."""
    command = ["cargo", "build", "--release", "--locked", "--package", "sellerport-reading"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise GiveUp("The release build failed (cargo's message is above). Nothing was measured.")
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / PROGRAM


def tell(program: Path, *given: object) -> dict:
    """Runs our reader and returns what it says."""
    command = [str(program), *map(str, given)]
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if ran.returncode != 0:
        raise GiveUp(f"{' '.join(command)} failed: {ran.stderr.strip()}")
    return json.loads(ran.stderr.splitlines()[-1])


def measure(program: Path, python: Path, what: str, file: Path, others: tuple[str, ...],
            rounds: int) -> dict[str, list[Mark]]:
    """Each reader once a round, in random order."""
    commands = {OURS: [str(program), what, str(file)]}
    commands |= {name: [str(python), str(HERE / "readers.py"), name, str(file)] for name in others}
    marks: dict[str, list[Mark]] = {name: [] for name in commands}
    with step(f"Read the {what} with {len(commands)} readers, {rounds} times each"):
        for _ in range(rounds):
            for name in random.sample(list(commands), len(commands)):
                marks[name].append(run(name, commands[name]))
    if len({mark.rows for of in marks.values() for mark in of}) != 1:
        raise GiveUp(f"The readers found different numbers of rows: {marks}")
    return marks


def run(name: str, command: list[str]) -> Mark:
    """One process, and what the kernel says about it."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise GiveUp(f"{name} failed: {said.strip()[-1000:]}")
    return Mark(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, json.loads(said.splitlines()[-1])["rows"])


def table(title: str, marks: dict[str, list[Mark]]) -> list[str]:
    """CPU by the lowest turn, memory by the highest."""
    least = {name: min(mark.cpu_s for mark in of) for name, of in marks.items()}
    lines = [f"{title}:", "", "                    CPU s      ×   peak MB      ×"]
    ours = max(mark.peak_mb for mark in marks[OURS])
    for name, of in sorted(marks.items(), key=lambda one: least[one[0]]):
        peak = max(mark.peak_mb for mark in of)
        lines.append(f"{name:16}{least[name]:9.2f}{least[name] / least[OURS]:7.1f}{peak:10.1f}{peak / ours:7.1f}")
    return lines


if __name__ == "__main__":
    run_program(main)
