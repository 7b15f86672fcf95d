"""The running `make run`: what other commands need to find it, kept in `.local/run.json`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import asdict, dataclass

from build import LOCAL
from processes import kill_group
from progress import GiveUp, wait_until

FILE = LOCAL / "run.json"
STATE = LOCAL / "state"
SAVED = STATE / "tables" / "cloudformation.json"
"""Written by the emulator at a clean stop; without it there is nothing to go on from."""
STOP_PATIENCE = 60.0
"""Seconds a run may take to save and stop before `make stop` reports it."""


@dataclass(frozen=True)
class Session:
    """Process ids and addresses of a run. `emulator` and `simulator` lead their process groups."""

    run: int
    emulator: int
    simulator: int
    emulator_url: str
    console: str

    def save(self) -> None:
        FILE.write_text(json.dumps(asdict(self)))


def load() -> Session | None:
    """What the last run left; a clean stop leaves nothing."""
    try:
        return Session(**json.loads(FILE.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def running() -> Session:
    """The run that is going on now, or a clear word that there is none."""
    session = load()
    if session is None or not is_ours(session.run, "run.py"):
        raise GiveUp("No local stack is running here. Start one with `make run` and keep it open.")
    return session


def is_ours(pid: int, mark: str) -> bool:
    """Whether `pid` is alive and still the program we started, not a later one with its number."""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return mark in shown.stdout


def stop(session: Session) -> None:
    """Stops a run as Ctrl-C would; if only its children are left, those."""
    if is_ours(session.run, "run.py"):
        os.kill(session.run, signal.SIGTERM)
        wait_until("the run ended", STOP_PATIENCE, lambda: not is_ours(session.run, "run.py"))
    for pid, mark in ((session.simulator, "simulator"), (session.emulator, "ministack")):
        if is_ours(pid, mark):
            os.kill(pid, signal.SIGTERM)
            try:
                wait_until(f"{mark} ended", STOP_PATIENCE, lambda: not is_ours(pid, mark))
            finally:
                kill_group(pid)
    FILE.unlink(missing_ok=True)
