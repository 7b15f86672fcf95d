"""`make bench`: what the functions cost on this machine, as text that can be pasted into the README.

Every figure is a CPU time, a size or a ratio taken inside this one run, so a busy machine disturbs
little. Times say nothing about Lambda itself; ratios to a function that does nothing do.
ARGS="--rounds 30" measures longer, ARGS=--quick shorter.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
from pathlib import Path

from bench_start import BARE, start_table
from bench_work import work_lines
from build import ROOT, build
from package import FUNCTIONS
from progress import GiveUp, run_program, step
from stack import stopping_on_sigterm

ROUNDS, QUICK_ROUNDS = 25, 5


def main() -> None:
    rounds = chosen_rounds()
    if not Path("/proc/self/schedstat").exists():
        raise GiveUp("The benchmarks read CPU times from Linux's /proc; this system has none. Nothing was started.")
    programs = build_release()
    local_programs = build()
    with tempfile.TemporaryDirectory(prefix="sellerport-bench-") as folder, stopping_on_sigterm():
        start = start_table(programs, rounds, Path(folder))
        work = work_lines(programs, local_programs, rounds, Path(folder))
    print("\n".join(["", machine(), "", *start, "", *work]))


def chosen_rounds() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="What the functions cost on this machine.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"starts of each function (default {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds")
    chosen = parser.parse_args()
    if chosen.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return QUICK_ROUNDS if chosen.quick else chosen.rounds


def build_release() -> Path:
    """Builds the functions and the bare one as for AWS, but for this machine; returns their folder."""
    packages = [f"--package=sellerport-{name}" for name in (*FUNCTIONS, BARE)]
    command = ["cargo", "build", "--release", "--locked", "--bins", *packages]
    # cargo prints its own progress and errors to the terminal.
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise GiveUp("The release build failed (cargo's message is above). Nothing was measured.")
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


def machine() -> str:
    """One line that says what the figures were taken with."""
    rustc = subprocess.run(["rustc", "--version"], cwd=ROOT, capture_output=True, text=True, check=True)
    return (f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Rust {rustc.stdout.split()[1]}, "
            "release profile of Cargo.toml.")


if __name__ == "__main__":
    run_program(main)
