"""An independent client, unmodified, against the simulator: python-amazon-sp-api pages through a seller's orders.

The client believes that it talks to Amazon: it reaches the simulator through HTTPS_PROXY, and trusts the
simulator's own certificate authority through SSL_CERT_FILE. What it saw must be what the seller has.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from build import ROOT
from launch import ready_environment
from processes import Child, free_port
from progress import GiveUp, step

CLIENTS = ROOT / "tests" / "simulator" / "clients"
SELLER = "A2NORTHWIND01US"
NOW = "2026-11-21T10:00:00Z"
"""A fixed day, so that no order appears while the client reads."""
PATIENCE = 120.0
"""Seconds the client may take."""


def check_clients(simulator: Path) -> None:
    """Fails unless the unmodified client sees exactly the seller's orders."""
    python = ready_environment("clients-venv", CLIENTS / "requirements.txt")
    with tempfile.TemporaryDirectory(prefix="sellerport-") as folder:
        home, port, proxy = Path(folder), free_port(), free_port()
        authority = str(home / "ca.pem")
        command = [str(simulator), "--port", str(port), "--proxy-port", str(proxy), "--ca-file", authority,
                   "--clock", NOW]
        with step("Page through a seller with python-amazon-sp-api"):
            running = Child("the Amazon simulator", command, port, home / "simulator.log", {"PATH": os.environ["PATH"]})
            try:
                seen = _run(python, port, proxy, authority)
            finally:
                running.stop()
    if not seen["equal"]:
        raise GiveUp(f"The unmodified client and the simulator disagree about {SELLER}: {json.dumps(seen)}")
    print(f"    {seen['orders']} orders of {SELLER} in {seen['pages']} pages, all of them")


def _run(python: Path, port: int, proxy: int, authority: str) -> dict:
    through = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy}", "SSL_CERT_FILE": authority,
               "REQUESTS_CA_BUNDLE": authority, "HOME": str(Path(authority).parent), "PATH": os.environ["PATH"]}
    command = [str(python), str(CLIENTS / "page_orders.py"), "--simulator", f"http://127.0.0.1:{port}", "--seller", SELLER]
    ended = subprocess.run(command, env=through, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if ended.returncode != 0:
        raise GiveUp(f"The client failed:\n{ended.stderr[-1500:]}")
    return json.loads(ended.stdout.splitlines()[-1])
