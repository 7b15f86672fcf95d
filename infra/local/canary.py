"""Looks for leaked secrets after a demo.

The simulator's secrets are canaries: long, random, known in full to it alone. Each is looked for in
every place where the product writes, in every form in which a secret usually slips out. What is found
is named by place and form; the secret itself is never printed.
"""

from __future__ import annotations

import base64
import gzip
import json
import secrets
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from browser import Page
from deploy import STACK, tables_of
from ledger import lake_objects
from progress import GiveUp
from stack import Stack

FRAGMENT = 12
"""Characters of a secret's random part that count as a leak on their own."""
CORE = 24
"""Characters of the random part looked for in encoded forms: whole secrets contain them too."""
PLANTED = "/aws/lambda/" + STACK + "-dispatch"
"""Log group that takes the planted canary."""


@dataclass(frozen=True)
class Hay:
    """One place and what was in it."""

    place: str
    content: bytes


def sweep(stack: Stack, pages: list[Page]) -> None:
    """Fails if any secret is anywhere, or if a planted one is not found."""
    issued = stack.simulator.secrets()
    if not issued:
        raise GiveUp("The sweep has nothing to look for: the simulator issued no secret.")
    hay = list(gather(stack, pages))
    empty = [kind for kind in ("log", "table", "object", "queue", "page", "event")
             if not any(part.place.startswith(kind) for part in hay)]
    if empty:
        raise GiveUp(f"The sweep could read nothing of these, so it proves nothing: {', '.join(empty)}.")
    if hits := search(issued, hay):
        raise GiveUp("Secrets leaked:\n  " + "\n  ".join(hits))
    prove_that_it_finds(stack)
    size = sum(len(part.content) for part in hay)
    print(f"  0 hits of {len(issued)} secrets in {size:,} bytes ({len(hay)} places); "
          "a planted one was found in all 3 places.")


def search(needles: list[str], hay: list[Hay]) -> list[str]:
    """Every place and form in which one of the secrets appears."""
    hits = []
    for number, secret in enumerate(needles, 1):
        wanted = forms(secret)
        for part in hay:
            found = [form for form, texts in wanted.items() if any(text in part.content for text in texts)]
            if found:
                hits.append(f"{part.place}: secret {number} ({kind_of(secret)}) as {', '.join(found)}")
    return hits


def kind_of(secret: str) -> str:
    """The word in the canary's tag, which is no secret."""
    return secret.partition("CANARY-")[2].partition("-")[0] or "secret"


def forms(secret: str) -> dict[str, list[bytes]]:
    """The forms in which a secret would be recognised, each as the byte strings to look for."""
    tag = secret.partition("CANARY-")[2]
    random = tag.split("-", 2)[2] if tag else secret
    core = random[:CORE].encode()
    return {
        "plain text": [secret.encode()],
        "URL-encoded text": [quote(secret, safe="").encode()],
        "JSON text": [json.dumps(secret)[1:-1].encode()],
        f"its first {FRAGMENT} characters": [random[:FRAGMENT].encode()],
        f"its last {FRAGMENT} characters": [random[-FRAGMENT:].encode()],
        "base64": _base64_anywhere(core),
        "hex": [core.hex().encode(), core.hex().upper().encode()],
    }


def _base64_anywhere(core: bytes) -> list[bytes]:
    """How base64 shows `core` at each of its three alignments, in both alphabets."""
    shown = []
    for before in range(3):
        text = base64.b64encode(bytes(before) + core)
        start = (before * 8 + 5) // 6  # the first characters also depend on what comes before
        whole = (before + len(core)) * 8 // 6  # the last ones on what comes after
        shown += [text[start:whole], text[start:whole].translate(bytes.maketrans(b"+/", b"-_"))]
    return shown


def gather(stack: Stack, pages: list[Page]) -> Iterator[Hay]:
    """Every place where the product writes."""
    yield from _logs(stack)
    dynamodb = stack.client("dynamodb")
    for table in tables_of(stack.emulator):
        for number, page in enumerate(dynamodb.get_paginator("scan").paginate(TableName=table)):
            yield Hay(f"table {table}, page {number}", repr(page["Items"]).encode())
    for key, body in lake_objects(stack):
        yield Hay(f"object {key}", key.encode() + b"\n" + gzip.decompress(body))
    yield from _queues(stack)
    for page in pages:
        head = "\n".join(f"{name}: {value}" for name, value in page.headers)
        yield Hay(f"page {page.url.partition('?')[0]}", head.encode() + b"\n\n" + page.body)


def _logs(stack: Stack) -> Iterator[Hay]:
    logs = stack.client("logs")
    for groups in logs.get_paginator("describe_log_groups").paginate():
        for group in (entry["logGroupName"] for entry in groups["logGroups"]):
            for streams in logs.get_paginator("describe_log_streams").paginate(logGroupName=group):
                for stream in (entry["logStreamName"] for entry in streams["logStreams"]):
                    yield Hay(f"log {group} {stream}", "\n".join(_messages(logs, group, stream)).encode())


def _messages(logs, group: str, stream: str) -> Iterator[str]:
    token = None
    while True:
        more: dict[str, str] = {"nextToken": token} if token else {}
        answer = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, **more)
        yield from (event["message"] for event in answer["events"])
        if answer["nextForwardToken"] == token or not answer["events"]:
            return
        token = answer["nextForwardToken"]


def _queues(stack: Stack) -> Iterator[Hay]:
    """Messages that wait anywhere, delayed and in flight ones included; looking does not receive them."""
    with urllib.request.urlopen(f"{stack.emulator.url}/_ministack/sqs/messages") as answer:
        accounts = json.load(answer)["messages"]
    for queues in (queues for regions in accounts.values() for queues in regions.values()):
        for url, messages in queues.items():
            kind = "event tap" if url.endswith(TAP) else "queue"
            yield Hay(f"{kind} {url.rsplit('/', 1)[1]}", json.dumps(messages).encode())


TAP = STACK + "-demo-tap"
"""A queue of the demo's own that receives a copy of every event on the bus."""


def tap_events(stack: Stack) -> None:
    """Subscribes a queue to the bus, as an operator would."""
    sqs, events, bus = stack.client("sqs"), stack.client("events"), stack.deployment.outputs["EventBus"]
    queue = sqs.create_queue(QueueName=TAP)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=TAP, EventBusName=bus, EventPattern='{"source": [{"prefix": ""}]}')
    events.put_targets(Rule=TAP, EventBusName=bus, Targets=[{"Id": "tap", "Arn": arn}])


def prove_that_it_finds(stack: Stack) -> None:
    """The negative control: a made-up secret, planted three ways, must be found three times."""
    random = secrets.token_urlsafe(64)
    planted = f"Atzr|CANARY-planted-1-{random}"
    logs, dynamodb, s3 = stack.client("logs"), stack.client("dynamodb"), stack.client("s3")
    bucket, table, name = stack.deployment.outputs["LakeBucket"], f"{STACK}-parked", "demo-negative-control"
    row = {"pk": {"S": name}, "sk": {"S": name}}
    logs.create_log_stream(logGroupName=PLANTED, logStreamName=name)
    logs.put_log_events(logGroupName=PLANTED, logStreamName=name,
                        logEvents=[{"timestamp": int(time.time() * 1000), "message": f"oops: {random[-FRAGMENT:]}"}])
    dynamodb.put_item(TableName=table, Item=row | {"body": {"S": base64.b64encode(b"x" + planted.encode()).decode()}})
    s3.put_object(Bucket=bucket, Key=f"records/{name}.gz", Body=gzip.compress(planted.encode().hex().encode()))
    hits = search([planted], list(gather(stack, [])))
    logs.delete_log_stream(logGroupName=PLANTED, logStreamName=name)
    dynamodb.delete_item(TableName=table, Key=row)
    s3.delete_object(Bucket=bucket, Key=f"records/{name}.gz")
    missed = [kind for kind in ("log", "table", "object") if not any(hit.startswith(kind) for hit in hits)]
    if missed:
        raise GiveUp(f"The sweep is blind: a planted secret was not found in the {' and the '.join(missed)}.")
