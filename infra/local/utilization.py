"""`make utilization`: how much of Amazon's buckets is used, with the buckets in memory and in an emulator's tables."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from build import ROOT
from contract import create
from emulator import Emulator
from processes import free_port
from progress import GiveUp, run_program
from stack import stopping_on_sigterm

PROGRAM = ["cargo", "run", "--quiet", "--locked", "--profile", "figures", "--package", "sellerport-figures",
           "--bin", "utilization", "--"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sellerport-") as folder, stopping_on_sigterm():
        emulator = Emulator(free_port(), Path(folder), None)
        try:
            ran = subprocess.run([*PROGRAM, *sys.argv[1:]], cwd=ROOT, check=False,
                                 env=os.environ | {"SELLERPORT_EMULATOR": create(emulator)})
        finally:
            emulator.stop()
    if ran.returncode != 0:
        raise GiveUp("The figures could not be had (the program's message is above).")


if __name__ == "__main__":
    run_program(main)
