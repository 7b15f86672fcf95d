"""`make doctor`: what is wrong with a set-up and how to mend it; exit status 1 if something does not work.

Without STACK it asks the stack that `make run` runs here; with STACK (and AWS_REGION, AWS_PROFILE, …) a
deployed one. Either way the function that runs the checks is invoked directly, so IAM decides who may.
"""

from __future__ import annotations

import json
import os
import textwrap

from botocore.exceptions import BotoCoreError, ClientError

from changes import outputs_of
from deploy import STACK
from deploy_aws import aws
from progress import GiveUp, run_program
from session import running
from stack import invoke

WIDTH = 100
"""Columns of the report."""
MARKS = {"ok": "ok  ", "warning": "WARN", "failed": "FAIL"}
"""State of a finding → its mark; the order of the report is theirs, the worst last, where the eye is."""


def main() -> int:
    tenant = os.environ.get("TENANT") or "main"
    event = {"v": 1, "kind": "api", "tenant": tenant, "role": "operator", "user": "doctor",
             "method": "POST", "path": "/api/doctor", "body": ""}
    stack = os.environ.get("STACK")
    answer = ask_aws(stack, event) if stack else invoke(running().emulator_url, f"{STACK}-oauth", event)
    body = json.loads(answer["body"])
    if answer["statusCode"] != 200:
        error = body.get("error", {})
        raise GiveUp(f"The checks were not run: {error.get('code')}: {error.get('message')}")
    findings = sorted(body["findings"], key=lambda finding: list(MARKS).index(finding["state"]))
    for finding in findings:
        show(finding)
    count = {state: sum(finding["state"] == state for finding in findings) for state in MARKS}
    print(f"\n{count['failed']} failed, {count['warning']} to watch, {count['ok']} well.")
    return 0 if body["ok"] else 1


def ask_aws(stack: str, event: dict) -> dict:
    """Invokes the function of a deployed stack with the caller's own AWS settings."""
    try:
        session = aws()
        function = outputs_of(session.client("cloudformation"), stack)["OauthFunction"]
        answer = session.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    except (ClientError, BotoCoreError) as error:
        raise GiveUp(f"AWS refused: {error}") from error
    text = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise GiveUp(f"{function} failed: {text}")
    return json.loads(text)


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
