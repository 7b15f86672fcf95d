"""Says what is going on: one line per step with its time, and one way to give up."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL = 0.1
"""Seconds between two looks at something that is about to happen."""


class GiveUp(Exception):
    """A failure whose message is meant for the person at the keyboard; no stack trace."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints `title … 1.2 s` around the work inside."""
    print(f"  {title} ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{'.' * max(3, 58 - len(title))} {time.monotonic() - started:5.1f} s", flush=True)


def wait_until(what: str, within: float, look: Callable[[], object], tell: Callable[[], str] | None = None,
               every: float = POLL) -> object:
    """Looks until `look` returns something true and returns it; gives up after `within` seconds.

    `tell` describes the present state; it is printed whenever it changes.
    """
    deadline = time.monotonic() + within
    told = None
    while True:
        seen = look()
        if tell is not None and (now := tell()) != told:
            print(f"    {now}", flush=True)
            told = now
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise GiveUp(f"Waited {within:.0f} s for this and it did not happen: {what}."
                         + (f" Last seen: {told}." if told else ""))
        time.sleep(every)


def run_program(main: Callable[[], int | None]) -> None:
    """Runs a program's `main`; a `GiveUp` becomes one clear line and exit status 1."""
    try:
        sys.exit(main())
    except GiveUp as failure:
        sys.exit(f"\n{failure}")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted.")
