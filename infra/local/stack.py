"""The whole local stack as one thing to enter and to leave: emulator, simulator, deployed template."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from build import SIGN_IN_LINK
from deploy import Deployment, deploy
from emulator import Emulator, client
from logs import save_logs
from progress import GiveUp, step
from simulator import Simulator


@dataclass
class Stack:
    """A running local stack."""

    emulator: Emulator
    simulator: Simulator
    deployment: Deployment
    origin: str

    def client(self, service: str):
        return self.emulator.client(service)


def origin_of(port: int) -> str:
    """The address for a browser; every browser resolves *.localhost to this machine."""
    return f"http://sellerport.execute-api.localhost:{port}"


@contextmanager
def local_stack(port: int, simulator_port: int, home: Path, programs: Path, state: Path | None,
                log_level: str = "info") -> Iterator[Stack]:
    """Starts everything, yields it, and stops everything whatever happens.

    `home` takes the logs; `state` is where a later start finds what this one did (None: nowhere).
    """
    home.mkdir(parents=True, exist_ok=True)
    origin = origin_of(port)
    with ExitStack() as running:
        running.enter_context(stopping_on_sigterm())
        with step("Start the AWS emulator"):
            emulator = Emulator(port, home, state)
        running.callback(emulator.stop)
        with step("Start the Amazon simulator"):
            simulator = Simulator(programs / "simulator", simulator_port, home, origin, state)
        running.callback(simulator.stop)
        with step("Deploy infra/template.yaml"):
            deployment = deploy(emulator, simulator, programs, origin, log_level, home / "deployed.sha256")
        try:
            yield Stack(emulator, simulator, deployment, origin)
        finally:
            save_logs(emulator, home / "functions.log")


@contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """Turns SIGTERM into KeyboardInterrupt, so that `make stop` and Ctrl-C leave the same way."""
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def invoke(emulator_url: str, function: str, event: object):
    """Invokes a function directly and returns its decoded answer."""
    answer = client(emulator_url, "lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    text = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise GiveUp(f"{function} failed: {text}")
    return json.loads(text)


def sign_in_link(emulator_url: str, console: str) -> str:
    """A fresh one-time sign-in link for the owner."""
    return invoke(emulator_url, console, SIGN_IN_LINK)["url"]
