"""`make invoke F=dispatch E=events/dispatch-schedule.json`: runs one function with one event."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from build import ROOT
from deploy import STACK
from emulator import client
from progress import GiveUp, run_program
from session import running
from stack import invoke


def main() -> None:
    name, event = (sys.argv[1:] + ["", ""])[:2]
    url = running().emulator_url
    there = client(url, "lambda").list_functions()["Functions"]
    names = sorted(function["FunctionName"].removeprefix(f"{STACK}-") for function in there)
    if name not in names or not event:
        raise GiveUp(f"usage: make invoke F=<{' | '.join(names)}> E=<file with the event>")
    path = Path(event) if Path(event).is_absolute() else ROOT / event
    try:
        payload = json.loads(path.read_text())
    except OSError as error:
        raise GiveUp(f"Cannot read {event}: {error.strerror}. Nothing was invoked.") from error
    except ValueError as error:
        raise GiveUp(f"{event} is not JSON: {error}. Nothing was invoked.") from error
    print(json.dumps(invoke(url, f"{STACK}-{name}", payload), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    run_program(main)
