"""Saves what the functions logged, so that it outlives the emulator."""

from __future__ import annotations

from pathlib import Path

from deploy import STACK
from emulator import Emulator


def save_logs(emulator: Emulator, file: Path) -> None:
    """Writes every line of every function to a file, one function after the other."""
    logs = emulator.client("logs")
    with file.open("w", encoding="utf-8") as out:
        for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=f"/aws/lambda/{STACK}"):
            for group in page["logGroups"]:
                out.write(f"== {group['logGroupName']}\n")
                events = logs.get_paginator("filter_log_events").paginate(logGroupName=group["logGroupName"])
                out.writelines(f"{event['message'].rstrip()}\n" for found in events for event in found["events"])
