"""Starts the Amazon simulator and asks it what it knows (its `/_sim/` pages)."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

from processes import Child
from progress import GiveUp

REGIONS = ("na", "eu", "fe")
ASK_PATIENCE = 30.0
"""Seconds for one answer of the simulator's own pages."""


class Simulator:
    """A running simulator."""

    def __init__(self, program: Path, port: int, home: Path, origin: str, state: Path | None) -> None:
        command = [str(program), "--port", str(port)]
        if state is not None:
            command += ["--state", str(state / "simulator.json")]
        for region in REGIONS:
            command += ["--redirect-uri", f"{origin}/oauth/main/website/{region}/callback"]
        self.url = f"http://127.0.0.1:{port}"
        self.child = Child("the Amazon simulator", command, port, home / "simulator.log", {"PATH": os.environ["PATH"]})

    def ask(self, path: str, body: object | None = None):
        """GET (or, with a body, POST) `/_sim/<path>`; the decoded JSON answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_sim/{path}", data, {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=ASK_PATIENCE) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise GiveUp(f"The simulator refuses /_sim/{path} with {error.code}: "
                         f"{error.read().decode(errors='replace')[:300]}") from error
        return json.loads(text) if text else None

    def application(self) -> dict[str, str]:
        """The operator's application: application_id, client_id, client_secret."""
        return self.ask("application")

    def orders_of(self, seller: str) -> list[dict]:
        """The truth about a seller's orders as they stand now."""
        return self.ask(f"orders/{seller}")["orders"]

    def asked(self) -> list[dict]:
        """Every request so far."""
        return self.ask("asked")["asked"]

    def token_calls(self) -> dict[str, int]:
        """Calls of the token endpoint by grant type and outcome."""
        return self.ask("token-calls")["token_calls"]

    def secrets(self) -> list[str]:
        """Every secret it ever issued: client secrets, codes, refresh and access tokens."""
        return self.ask("secrets")["secrets"]

    def revoke(self, seller: str) -> None:
        """The seller withdraws every authorization."""
        self.ask(f"sellers/{seller}/revoke", {})

    def stop(self) -> None:
        self.child.stop()
