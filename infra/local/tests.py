"""`make test`: the workspace's tests with an emulator at hand, an independent client, the demo with its sweep.

The tests find the emulator's names in SELLERPORT_EMULATOR. Each makes rows of its own, so they need no
order and no reset.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import demo
from build import ROOT, build
from check_backup import check_backup
from check_query import check_query
from clients import check_clients
from contract import create
from emulator import Emulator
from processes import free_port
from progress import GiveUp, run_program, step
from stack import stopping_on_sigterm


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sellerport-") as folder, stopping_on_sigterm():
        with step("Start an emulator for the tests"):
            emulator = Emulator(free_port(), Path(folder), None)
        try:
            check_backup(emulator)
            check_query(emulator)
            tests = subprocess.run(["cargo", "test", "--workspace", "--locked"], cwd=ROOT, check=False,
                                   env=os.environ | {"SELLERPORT_EMULATOR": create(emulator)})
        finally:
            emulator.stop()
    if tests.returncode != 0:
        raise GiveUp("The tests failed (cargo's output is above); the demo was not run.")
    check_clients(build() / "simulator")
    demo.main()


if __name__ == "__main__":
    run_program(main)
