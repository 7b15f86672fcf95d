"""`make redrive Q=orders`: sends the dead letters of a queue to it again, of all queues where Q is empty.

Safe to repeat: what was sent again is no dead letter any more, and a task that comes twice is dropped. Asks the stack
that `make run` runs here, or with STACK (and AWS_REGION, AWS_PROFILE, …) a deployed one.
"""

from __future__ import annotations

import sys

from ask import ask
from progress import GiveUp, run_program

ROUNDS = 100
"""Requests for one queue, each of which moves up to 100: beyond that something fails faster than it is sent."""


def main() -> None:
    wanted = (sys.argv[1:] + [""])[0]
    queues = {queue["name"]: queue for queue in ask("console", "redrive", "GET", "/api/queues")["queues"]}
    # The messages about client secrets keep no dead letters: asked for by name, the answer says why.
    names = [wanted] if wanted else [name for name, queue in queues.items() if queue["dead"] is not None]
    if wanted and wanted not in queues:
        raise GiveUp(f"There is no queue {wanted}; there are {', '.join(queues)}. Nothing was moved.")
    for name in names:
        moved, more = redrive(name)
        left = " There may be more: run it again." if more else ""
        print(f"{name}: {said(moved)}{left}")
    for name, queue in queues.items():
        if queue["parked"] and name in (wanted or name):
            many = f"more than {len(queue['parked'])}" if queue["more_parked"] else str(len(queue["parked"]))
            print(f"{name}: {many} parked, which no retry helped; the page Queues says why.")


def redrive(name: str) -> tuple[int, bool]:
    """How many were moved, and whether more may be left."""
    moved = 0
    for _ in range(ROUNDS):
        done = ask("console", "redrive", "POST", f"/api/queues/{name}/redrive")
        moved += done["moved"]
        if not done["more"]:
            return moved, False
    return moved, True


def said(moved: int) -> str:
    if moved == 0:
        return "no dead letters; nothing was moved."
    return "1 dead letter was sent again." if moved == 1 else f"{moved} dead letters were sent again."


if __name__ == "__main__":
    run_program(main)
