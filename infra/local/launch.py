"""Starts one of the programs beside this file inside the project's own Python environment.

`python3 infra/local/launch.py run` makes `.local/venv` from requirements.txt when it is missing or
out of date, then becomes `run.py` inside it. Only the standard library is needed to get this far.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCAL = HERE.parent.parent / ".local"
OLDEST_PYTHON = (3, 10)


def ready_environment(name: str, requirements: Path) -> Path:
    """Makes `.local/<name>` hold exactly what `requirements` pins; returns its Python."""
    folder = LOCAL / name
    python = folder / "bin" / "python"
    stamp = folder / "installed.sha256"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing {requirements.name} into .local/{name} (once; about a minute)", flush=True)
    started = time.monotonic()
    venv.EnvBuilder(with_pip=True, clear=True).create(folder)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "--requirement", str(requirements)], check=False).returncode != 0:
        sys.exit("pip could not install the tools (its message is above). Nothing else was changed; "
                 "check the network or your package index, then run the same command again.")
    stamp.write_text(wanted)
    print(f"  done in {time.monotonic() - started:.0f} s", flush=True)
    return python


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python 3.10 or newer is needed; this is {sys.version.split()[0]}.")
    if len(sys.argv) < 2 or not (HERE / f"{sys.argv[1]}.py").exists():
        sys.exit("usage: launch.py <program> [arguments]; `make` lists the programs")
    if sys.argv[1] == "deploy_aws":
        python = ready_environment("build-venv", HERE / "requirements-build.txt")
    else:
        python = ready_environment("venv", HERE / "requirements.txt")
    os.execv(python, [str(python), "-u", str(HERE / f"{sys.argv[1]}.py"), *sys.argv[2:]])


if __name__ == "__main__":
    main()
