"""`make invoke F=dispatch E=events/dispatch-schedule.json`: runs one function with one event."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from build import ROOT
from deploy import STACK
from progress import GiveUp, run_program
from session import running
from stack import invoke

NAMES = ("oauth", "console", "refresh", "dispatch", "rotate", "erase", "fetch-orders", "call")


def main() -> None:
    name, event = (sys.argv[1:] + ["", ""])[:2]
    if name not in NAMES or not event:
        raise GiveUp(f"usage: make invoke F=<{' | '.join(NAMES)}> E=<file with the event>")
    path = Path(event) if Path(event).is_absolute() else ROOT / event
    try:
        payload = json.loads(path.read_text())
    except OSError as error:
        raise GiveUp(f"Cannot read {event}: {error.strerror}. Nothing was invoked.") from error
    except ValueError as error:
        raise GiveUp(f"{event} is not JSON: {error}. Nothing was invoked.") from error
    print(json.dumps(invoke(running().emulator_url, f"{STACK}-{name}", payload), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    run_program(main)
