"""Asks the JSON API of a stack by invoking its functions directly, so IAM decides who may.

Without STACK it is the stack that `make run` runs here; with STACK (and AWS_REGION, AWS_PROFILE, …) a deployed one.
"""

from __future__ import annotations

import json
import os

from botocore.exceptions import BotoCoreError, ClientError

from changes import outputs_of
from deploy import STACK
from deploy_aws import aws
from progress import GiveUp
from session import running
from stack import invoke


def ask(function: str, user: str, method: str, path: str) -> dict:
    """What the function (`console`, `oauth`) answers to a request for the home tenant, or TENANT, as an operator."""
    event = {"v": 1, "kind": "api", "tenant": os.environ.get("TENANT") or "main", "role": "operator", "user": user,
             "method": method, "path": path, "body": ""}
    stack = os.environ.get("STACK")
    answer = _ask_aws(stack, function, event) if stack else invoke(running().emulator_url, f"{STACK}-{function}", event)
    body = json.loads(answer["body"])
    if answer["statusCode"] != 200:
        error = body.get("error", {})
        raise GiveUp(f"{method} {path} was refused: {error.get('code')}: {error.get('message')}")
    return body


def _ask_aws(stack: str, function: str, event: dict) -> dict:
    """Invokes the function of a deployed stack with the caller's own AWS settings."""
    try:
        session = aws()
        name = outputs_of(session.client("cloudformation"), stack)[f"{function.capitalize()}Function"]
        answer = session.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    except (ClientError, BotoCoreError) as error:
        raise GiveUp(f"AWS refused: {error}") from error
    text = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise GiveUp(f"{name} failed: {text}")
    return json.loads(text)
