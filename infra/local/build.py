"""Builds the functions and the simulator for this machine and stages them for the local stack."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from package import FUNCTIONS
from progress import GiveUp

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"
SIGN_IN_LINK = {"v": 1, "kind": "sign_in_link", "user": "owner", "tenant": "main"}
"""The event for which the console function makes a one-time sign-in link."""
PREBUILT = "SELLERPORT_PREBUILT"
"""Environment variable: a folder with `<function>/bootstrap` and `simulator`, used instead of building."""


def build() -> Path:
    """Builds (or finds) the programs; returns the folder with `<function>/bootstrap` and `simulator`."""
    if prebuilt := os.environ.get(PREBUILT):
        return _check(Path(prebuilt).resolve())
    packages = [f"--package=sellerport-{name}" for name in (*FUNCTIONS, "simulator")]
    # cargo prints its own progress and errors to the terminal.
    if subprocess.run(["cargo", "build", "--locked", "--bins", *packages], cwd=ROOT, check=False).returncode != 0:
        raise GiveUp("The build failed (cargo's message is above). Nothing was started.")
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
    staged = LOCAL / "functions"
    for name in FUNCTIONS:
        _stage(built / name, staged / name / "bootstrap")
    _stage(built / "simulator", staged / "simulator")
    return _check(staged)


def _stage(program: Path, to: Path) -> None:
    """Copies a program to where a package is made from it; a copy, because cargo rewrites its own."""
    if to.exists() and to.stat().st_mtime >= program.stat().st_mtime:
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(program, to)


def _check(folder: Path) -> Path:
    wanted = [folder / name / "bootstrap" for name in FUNCTIONS] + [folder / "simulator"]
    if missing := [str(path) for path in wanted if not os.access(path, os.X_OK)]:
        raise GiveUp(f"These programs are missing or not executable: {', '.join(missing)}. Nothing was started.")
    return folder
