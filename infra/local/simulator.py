"""Starts the Amazon simulator and asks it what it knows (its `/_sim/` pages)."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from itertools import product
from pathlib import Path

from processes import Child
from progress import GiveUp

FLOWS = ("website", "appstore")
REGIONS = ("na", "eu", "fe")
ASK_PATIENCE = 30.0
"""Seconds for one answer of the simulator's own pages."""


def official_models() -> Path | None:
    """Amazon's official models, where they are at hand: SPAPI_MODELS, or beside the project."""
    beside = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "facts" / "spapi-models"
    folder = Path(os.environ.get("SPAPI_MODELS", beside))
    return folder if folder.is_dir() else None


class Simulator:
    """A running simulator."""

    def __init__(self, program: Path, port: int, home: Path, origin: str, state: Path | None) -> None:
        command = [str(program), "--port", str(port)]
        if state is not None:
            state.mkdir(parents=True, exist_ok=True)
            command += ["--state", str(state / "simulator.json")]
        if models := official_models():
            command += ["--models", str(models)]
        for flow, region in product(FLOWS, REGIONS):
            command += ["--redirect-uri", f"{origin}/oauth/main/{flow}/{region}/callback"]
        command += ["--login-uri", f"{origin}/oauth/main/login"]
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

    def violations(self) -> list[str]:
        """Requests and answers that Amazon's official models do not allow; empty where they are not at hand."""
        return self.ask("violations")["violations"]

    def refuse_token_once(self, seller: str) -> None:
        """The seller's next call finds its access token refused, as if Amazon had ended it early."""
        self.ask("faults", {"operation": "searchOrders", "seller": seller, "times": 1, "fault": "status", "status": 401})

    def revoke(self, seller: str) -> None:
        """The seller withdraws every authorization."""
        self.ask(f"sellers/{seller}/revoke", {})

    def stop(self) -> None:
        self.child.stop()
