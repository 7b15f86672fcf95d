"""`make stop` stops a running local stack from another terminal; `make clean` also forgets its state."""

from __future__ import annotations

import shutil
import sys

from build import LOCAL
from progress import GiveUp, run_program
from session import STATE, is_ours, load, stop


def main() -> None:
    session = load()
    if sys.argv[1:] == ["forget"]:
        if session and is_ours(session.run, "run.py"):
            raise GiveUp("The local stack is running; `make stop` first. Nothing was forgotten.")
        if session:
            stop(session)  # the children of a run that was cut off
        for path in (STATE, LOCAL / "functions"):
            shutil.rmtree(path, ignore_errors=True)
        print("The local stack's state is gone; the next `make run` starts afresh.")
    elif session is None:
        print("No local stack is running.")
    else:
        stop(session)
        print("Stopped; its state is in .local/state.")


if __name__ == "__main__":
    run_program(main)
