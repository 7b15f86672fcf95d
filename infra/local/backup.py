"""`make backup FILE=…` and `make restore FILE=…`: what cannot be made again, out of one stack and into an empty one.

The file holds rows as they are: every token in it is sealed by the stack's key and worthless without it, and no
application secret is in it. A restored stack must therefore use the same key (VAULT_KEY_ARN). The other way back is
DynamoDB's own point-in-time recovery; infra/README.md has the steps of both.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from deploy import STACK
from emulator import client
from progress import GiveUp, run_program
from session import load

TABLES = ("connections", "tokens", "streams", "audit", "agenda", "parked")
"""Sign-ins, states under way and quotas are not kept: they are made anew."""
BATCH = 25
"""Rows in one write (DynamoDB BatchWriteItem)."""
FORMAT = {"sellerport-backup": 1}
"""First line of the file."""


def main() -> None:
    command, name = (sys.argv[1:] + ["", ""])[:2]
    if command not in ("backup", "restore") or not name:
        raise GiveUp("usage: make backup FILE=<file> | make restore FILE=<file>; STACK=… for a deployed stack")
    try:
        dynamodb, stack = target()
        path = Path(name)
        count = backup(dynamodb, stack, path) if command == "backup" else restore(dynamodb, stack, path)
    except (ClientError, BotoCoreError) as error:
        raise GiveUp(f"AWS refused: {error}") from error
    print(f"{count} rows of {stack} {'saved to' if command == 'backup' else 'restored from'} {name}.")


def target():
    """The deployed stack that STACK names; without it the one that runs on this machine."""
    if stack := os.environ.get("STACK"):
        return boto3.Session().client("dynamodb"), stack
    if session := load():
        return client(session.emulator_url, "dynamodb"), STACK
    raise GiveUp("Nothing runs on this machine (`make run`), and STACK names no deployed stack.")


def backup(dynamodb, stack: str, path: Path) -> int:
    """Writes every row to a file that only its owner can read; returns how many."""
    count = 0
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        print(json.dumps(FORMAT), file=file)
        for table in TABLES:
            for page in dynamodb.get_paginator("scan").paginate(TableName=f"{stack}-{table}", ConsistentRead=True):
                for item in page["Items"]:
                    print(json.dumps({"table": table, "item": item}, default=_text), file=file)
                    count += 1
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return count


def restore(dynamodb, stack: str, path: Path) -> int:
    """Puts every row of a file into an empty stack. Cut off, it can be run again."""
    try:
        lines = path.read_text().splitlines()
    except OSError as error:
        raise GiveUp(f"Cannot read {path}: {error.strerror}. Nothing was changed.") from error
    rows = _read(lines, path)
    known = {(row["table"], row["item"]["pk"]["S"], row["item"]["sk"]["S"]) for row in rows}
    for table in TABLES:
        pages = dynamodb.get_paginator("scan").paginate(TableName=f"{stack}-{table}", ProjectionExpression="pk, sk")
        for item in (item for page in pages for item in page["Items"]):
            if (table, item["pk"]["S"], item["sk"]["S"]) not in known:
                raise GiveUp(f"The table {stack}-{table} holds rows that are not in the backup. "
                             "Restore into an empty stack. Nothing was changed.")
    for table in TABLES:
        items = [row["item"] for row in rows if row["table"] == table]
        for start in range(0, len(items), BATCH):
            left = {f"{stack}-{table}": [{"PutRequest": {"Item": item}} for item in items[start:start + BATCH]]}
            while left:
                left = dynamodb.batch_write_item(RequestItems=left).get("UnprocessedItems")
    return len(rows)


def _read(lines: list[str], path: Path) -> list[dict]:
    try:
        if not lines or json.loads(lines[0]) != FORMAT:
            raise ValueError
        rows = [json.loads(line, object_hook=_bytes) for line in lines[1:]]
        if any(row["table"] not in TABLES for row in rows):
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        raise GiveUp(f"{path} is not a backup of Sellerport, or it is cut off. Nothing was changed.") from error
    return rows


def _text(value: object) -> object:
    """Bytes as JSON can hold them."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def _bytes(value: dict) -> object:
    return base64.b64decode(value["base64"]) if set(value) == {"base64"} else value


if __name__ == "__main__":
    run_program(main)
