"""`make run`: the whole of Sellerport on this machine, against the Amazon simulator.

Builds, starts, deploys, prints one address, and stays until Ctrl-C. What it did is kept in
`.local/state`; `make clean` forgets it. PORT chooses another port (the simulator takes the next).
"""

from __future__ import annotations

import os
import shutil
import time

from botocore.exceptions import BotoCoreError, ClientError

from build import LOCAL, build
from progress import POLL, GiveUp, run_program, step
from relay import relay_notices, relay_notifications
from session import FILE, SAVED, STATE, Session, is_ours, load
from stack import Stack, local_stack, sign_in_link

DEFAULT_PORT = 4566
RELAY_EVERY = 5.0
"""Seconds between two looks at what the simulated Amazon wants to tell."""


def main() -> None:
    port = chosen_port()
    print("Sellerport, locally. Amazon is simulated and AWS is emulated; nothing leaves this machine.")
    refuse_second_run()
    print(f"  {earlier_state()}")
    programs = build()
    try:
        with local_stack(port, port + 1, LOCAL, programs, STATE, os.environ.get("LOG_LEVEL", "info")) as stack:
            console = stack.deployment.outputs["ConsoleFunction"]
            Session(os.getpid(), stack.emulator.child.process.pid, stack.simulator.child.process.pid,
                    stack.emulator.url, console).save()
            with step("Ask for a sign-in link"):
                link = sign_in_link(stack.emulator.url, console)
            print(f"  The stack was {stack.deployment.was}.\n\nOpen  {link}\n\n"
                  "The link works once; `make sign-in` prints another. Or press \"Sign in\" there: the development issuer\n"
                  "asks for no password, be an operator or a viewer as you like. Ctrl-C stops everything and keeps what it did.")
            stay(stack)
    except KeyboardInterrupt:
        print("\nStopped; its state is in .local/state.")
    FILE.unlink(missing_ok=True)


def chosen_port() -> int:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 1024 <= int(text) <= 65_534:
        raise GiveUp(f"PORT={text} is not a port from 1024 to 65534. Nothing was started.")
    return int(text)


def refuse_second_run() -> None:
    session = load()
    if session and is_ours(session.run, "run.py"):
        raise GiveUp(f"It is running already (process {session.run}, {session.emulator_url}). "
                     "`make sign-in` prints a link; `make stop` stops it.")


def earlier_state() -> str:
    """Says, truthfully, what this run begins with; removes leftovers that nothing refers to."""
    cut_off = load() is not None
    if SAVED.exists():
        lost = " as of its last clean stop: the last run was cut off, and what it did is lost" if cut_off else ""
        return f"Found its earlier state{lost}. `make clean` forgets it."
    shutil.rmtree(STATE, ignore_errors=True)
    why = "the last run was cut off before it saved anything" if cut_off else "there is no earlier state"
    return f"Starts afresh: {why}."


def stay(stack: Stack) -> None:
    looked = 0.0
    while stack.emulator.child.alive() and stack.simulator.child.alive():
        time.sleep(POLL)
        if time.monotonic() - looked > RELAY_EVERY:
            looked = time.monotonic()
            relay(stack)
    ended = stack.emulator.child
    if ended.alive():  # so it was the simulator, and the emulator can still save its state
        ended = stack.simulator.child
        FILE.unlink()
    raise GiveUp(f"{ended.name} ended by itself; the rest was stopped too. The end of {ended.log}:\n{ended.tail()}")


def relay(stack: Stack) -> None:
    """Carries Amazon's messages over; one that fails is told, and the next look carries the others."""
    try:
        sqs = stack.client("sqs")
        relay_notices(stack.simulator, sqs, stack.deployment.outputs["SecretQueueUrl"])
        relay_notifications(stack.simulator, sqs)
    except (BotoCoreError, ClientError, GiveUp, OSError) as error:
        print(f"A message of the simulated Amazon could not be carried over: {error}")


if __name__ == "__main__":
    run_program(main)
