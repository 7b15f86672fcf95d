"""The later acts of the demo: a secret is rotated, an account imported, a connection ended."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from deploy import STACK, enter_application
from ledger import rows
from progress import GiveUp, wait_until
from relay import relay_notices
from stack import Stack, invoke

if TYPE_CHECKING:
    from demo import Demo

PATIENCE = 120.0
"""Seconds for one act."""
LOOK = 1.0
IMPORTED = "A1LUMIERE0004FR"
"""A seller of the simulator who is never connected by a consent."""


def rotate_secret(stack: Stack) -> None:
    """The application's secret nears its end; Amazon gives a new one, which replaces it once it was tried."""
    enter_application(stack.emulator, stack.simulator, stack.deployment.outputs["RotateFunction"],
                      {"days_left": 20, "rotates": True})
    before = secret_of(stack)
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = invoke(stack.emulator.url, stack.deployment.outputs["RotateFunction"],
                   {"v": 1, "kind": "rotate", "source": "aws.events", "time": now})
    if asked.get("asked") != 1:
        raise GiveUp(f"The rotation should have asked Amazon for one new secret: {json.dumps(asked)}")

    def replaced() -> bool:
        relay_notices(stack.simulator, stack.client("sqs"), stack.deployment.outputs["SecretQueueUrl"])
        return secret_of(stack) != before

    wait_until("the new client secret is in force", PATIENCE, replaced, None, LOOK)
    if secret_of(stack) != stack.simulator.application()["client_secret"]:
        raise GiveUp("The secret in force is not the one that Amazon gave.")


def secret_of(stack: Stack) -> str:
    """The client secret as the functions read it."""
    answer = stack.client("secretsmanager").get_secret_value(SecretId=f"{STACK}/application/main")
    return json.loads(answer["SecretString"])["client_secret"]


def import_account(demo: Demo) -> str:
    """An account is imported with a token of its own; returns its connection."""
    token = demo.stack.simulator.ask(f"sellers/{IMPORTED}/self-authorization", {})["refresh_token"]
    page = demo.expect(demo.browser.open(f"{demo.stack.origin}/imports"), "open the import page")
    form = page.form("/imports")
    fields = {"seller_id": IMPORTED, "region": "EU", "kind": "seller", "refresh_token": token}
    started = demo.expect(demo.browser.open(form.action, form.fields | fields), "import an account")
    wait_until(f"{IMPORTED} is imported", PATIENCE,
               lambda: "1 accounts are connected" in demo.browser.open(started.url).text_all(), None, LOOK)
    connections = [row for row in rows(demo.stack, "connections") if row["sk"].startswith("C#")]
    connection = next(row["id"] for row in connections if row["seller"] == IMPORTED)
    print(f"Imported {IMPORTED} as {connection}.")
    return connection


def leave(demo: Demo, connection: str) -> None:
    """A connection is ended: no token is left, and nothing is called any more."""
    demo.press(connection, "/disconnect")
    if (status := demo.state(connection)["status"]) != "disconnected":
        raise GiveUp(f"After Disconnect the connection is {status}.")
    left = [row for row in rows(demo.stack, "tokens") if row["pk"].endswith(connection) and row.get("sealed") is not None]
    stored = next(row for row in rows(demo.stack, "connections") if row.get("id") == connection)
    if left or stored["sealed_refresh"] is not None:
        raise GiveUp("A token is left after Disconnect.")
    print(f"Disconnected {connection}: no token is left.")
