"""The first table of `make bench`: size of each function, and what its start costs next to a bare one's."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench_sandbox import Mark, sandbox
from package import FUNCTIONS, pack
from progress import step

BARE = "bare"
"""The yardstick, tests/bare."""
BEST = 9
"""zlib effort, as for a package that goes to AWS."""
CPU_AIM = 2.0
"""Most that a start may cost, in starts of the bare function (CPU)."""
ZIP_AIM = 4e6
"""Largest package, bytes."""
SETTINGS = {
    "STACK_NAME": "bench", "PUBLIC_ORIGIN": "https://bench.invalid", "_HANDLER": "orders",
    "NOTIFICATIONS_QUEUE": "arn:aws:sqs:us-east-1:123456789012:bench-notifications",
}
"""What the functions need to start. No emulator: on AWS they prepare for TLS, so they do here."""


def start_table(programs: Path, rounds: int, folder: Path) -> list[str]:
    """Starts every function once a round, in random order; the table, line by line."""
    names = (BARE, *FUNCTIONS)
    marks: dict[str, list[Mark]] = {name: [] for name in names}
    with step(f"Start {len(names)} functions {rounds} times each"):
        for turn in range(rounds + 1):
            for name in random.sample(names, len(names)):
                with sandbox(programs / name, SETTINGS, folder) as running:
                    if turn > 0:  # the first turn only brings the files into memory
                        marks[name].append(running.start)
    lines = [
        f"From process start to the first request for an event, {rounds} starts each; × is in starts of `bare`,",
        "by the lowest / by the median of each round's ratio.",
        "",
        "          binary MB  zip MB  CPU ms           ×  wall ms           ×  peak MB           ×",
    ]
    missed = []
    for name in names:
        size, zipped = (programs / name).stat().st_size, len(pack(name, programs / name, BEST).body)
        cells = [_cell(marks, name, lambda mark: mark.cpu_ns, 8),
                 _cell(marks, name, lambda mark: mark.wall_ns, 9),
                 _cell(marks, name, lambda mark: mark.peak_bytes, 9)]
        lines.append(f"{name:10}{size / 1e6:9.2f}{zipped / 1e6:8.2f}{''.join(cells)}")
        if name != BARE and (over := _ratios(marks, name, lambda mark: mark.cpu_ns)[0]) > CPU_AIM:
            missed.append(f"{name} starts at {over:.2f} × bare (aim {CPU_AIM:.1f})")
        if zipped > ZIP_AIM:
            missed.append(f"{name} has {zipped / 1e6:.2f} MB zipped (aim {ZIP_AIM / 1e6:.0f})")
    aims = f"CPU of a start at most {CPU_AIM:.1f} × bare, a package at most {ZIP_AIM / 1e6:.0f} MB"
    return [*lines, "", f"Aims: {aims}. " + ("Missed: " + "; ".join(missed) + "." if missed else "All met.")]


def _cell(marks: dict[str, list[Mark]], name: str, of: Callable[[Mark], int], width: int) -> str:
    low, middle = _ratios(marks, name, of)
    ratio = f"{low:.2f} / {middle:.2f}"
    return f"{min(map(of, marks[name])) / 1e6:{width}.2f}{ratio:>12}"


def _ratios(marks: dict[str, list[Mark]], name: str, of: Callable[[Mark], int]) -> tuple[float, float]:
    """Lowest by lowest, and the median of the rounds' own ratios."""
    ours, bare = [of(mark) for mark in marks[name]], [of(mark) for mark in marks[BARE]]
    return min(ours) / min(bare), median(one / other for one, other in zip(ours, bare, strict=True))
