"""`make doctor`: what is wrong with a set-up and how to mend it; exit status 1 if something does not work.

Without STACK it asks the stack that `make run` runs here; with STACK (and AWS_REGION, AWS_PROFILE, …) a
deployed one. Either way the function that runs the checks is invoked directly, so IAM decides who may.
"""

from __future__ import annotations

import textwrap

from ask import ask
from progress import run_program

WIDTH = 100
"""Columns of the report."""
MARKS = {"ok": "ok  ", "warning": "WARN", "failed": "FAIL"}
"""State of a finding → its mark; the order of the report is theirs, the worst last, where the eye is."""


def main() -> int:
    body = ask("oauth", "doctor", "POST", "/api/doctor")
    findings = sorted(body["findings"], key=lambda finding: list(MARKS).index(finding["state"]))
    for finding in findings:
        show(finding)
    count = {state: sum(finding["state"] == state for finding in findings) for state in MARKS}
    print(f"\n{count['failed']} failed, {count['warning']} to watch, {count['ok']} well.")
    return 0 if body["ok"] else 1


def show(finding: dict) -> None:
    """One finding: its mark, what was looked at and found, and under a fault what to do."""
    about = f"{finding['check']}, {finding['about']}: {finding['says']}"
    print(textwrap.fill(about, WIDTH, initial_indent=f"  {MARKS[finding['state']]}  ", subsequent_indent=" " * 8,
                        break_long_words=False, break_on_hyphens=False))
    if finding["fix"]:
        print(textwrap.fill(f"→ {finding['fix']} ({finding['code']})", WIDTH, initial_indent=" " * 8,
                            subsequent_indent=" " * 10, break_long_words=False, break_on_hyphens=False))


if __name__ == "__main__":
    run_program(main)
