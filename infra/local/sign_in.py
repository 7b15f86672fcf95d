"""`make sign-in`: prints a fresh one-time sign-in link of the running local stack."""

from __future__ import annotations

from progress import run_program
from session import running
from stack import sign_in_link


def main() -> None:
    session = running()
    print(sign_in_link(session.emulator_url, session.console))


if __name__ == "__main__":
    run_program(main)
