"""The figures of a demo, read from the real stores and compared with what the simulator knows.

Nothing here trusts the product's own pages: records are counted in S3, sums are read from DynamoDB,
and each is held against the simulator's account of the same seller.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

from boto3.dynamodb.types import TypeDeserializer

from deploy import STACK
from stack import Stack

OPERATION = "searchOrders"
_read_value = TypeDeserializer().deserialize


@dataclass(frozen=True)
class Landed:
    """What lies in S3 for one seller."""

    objects: int
    lines: int
    keys: frozenset[str]


def landed(stack: Stack) -> dict[str, Landed]:
    """The orders in the lake, by seller."""
    keys: dict[str, set[str]] = {}
    lines: dict[str, int] = {}
    objects: dict[str, int] = {}
    for _, body in lake_objects(stack, "records/domain=orders/"):
        records = [json.loads(line) for line in gzip.decompress(body).splitlines()]
        seller = records[0]["seller"]
        keys.setdefault(seller, set()).update(record["key"] for record in records)
        lines[seller] = lines.get(seller, 0) + len(records)
        objects[seller] = objects.get(seller, 0) + 1
    return {seller: Landed(objects[seller], lines[seller], frozenset(keys[seller])) for seller in keys}


def lake_objects(stack: Stack, prefix: str = "") -> list[tuple[str, bytes]]:
    """Every object of the lake under a prefix: key and stored bytes."""
    s3, bucket = stack.client("s3"), stack.deployment.outputs["LakeBucket"]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [(entry["Key"], s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read())
            for page in pages for entry in page.get("Contents", [])]


def rows(stack: Stack, table: str) -> list[dict]:
    """Every row of a table, plainly."""
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=f"{STACK}-{table}", ConsistentRead=True)
    return [{name: _read_value(value) for name, value in item.items()} for page in pages for item in page["Items"]]


def orders_stream(stack: Stack, connection: str) -> dict:
    """The stored stream of a connection's orders; empty before there is one."""
    found = [row for row in rows(stack, "streams")
             if row["pk"].endswith(f"|C#{connection}") and row["sk"].startswith("S#orders#")]
    return found[0] if found else {}


def missing_orders(stack: Stack, connection: str, seller: str) -> tuple[int, int, bool]:
    """Distinct orders in S3, orders the simulator has up to the stream's cursor, and whether they are the same.

    Orders that changed after the cursor belong to the next pass; one of them may have landed before.
    """
    cursor = orders_stream(stack, connection).get("cursor")
    have = landed(stack).get(seller, Landed(0, 0, frozenset())).keys
    truth = stack.simulator.orders_of(seller)
    if cursor is None:
        return len(have), len(truth), False
    due = {order["orderId"] for order in truth if order["lastUpdatedTime"][:19] < cursor[:19]}
    later = {order["orderId"] for order in truth} - due
    return len(have), len(due | (have & later)), due <= have <= due | later


def domains_of(stack: Stack, connection: str) -> list[str]:
    """Each domain of a connection, what it landed and what troubles it, a line each."""
    streams = [row for row in rows(stack, "streams")
               if row["pk"].endswith(f"|C#{connection}") and row["sk"].startswith("S#")]
    lines = []
    for stream in sorted(streams, key=lambda stream: stream["domain"]):
        trouble = stream.get("trouble")
        says = trouble["says"] if isinstance(trouble, dict) else trouble or ""
        lines.append(f"  {stream['domain']:16}{int(stream['records']):>7} records {int(stream['calls']):>4} calls  {says}")
    return lines


def figures(stack: Stack, connections: list[dict]) -> tuple[list[str], list[str]]:
    """The table, line by line, and everything in it that does not agree."""
    asked = stack.simulator.asked()
    in_lake = landed(stack)
    lines = [f"{'':28}{'stored':>10}{'Amazon':>10}"]
    wrong: list[str] = []

    def compare(label: str, stored: int, amazon: int) -> None:
        lines.append(f"  {label:26}{stored:>10}{amazon:>10}{'' if stored == amazon else '   differs'}")
        if stored != amazon:
            wrong.append(f"{label}: {stored} stored, {amazon} at Amazon")

    for connection in connections:
        seller, stream = connection["seller"], orders_stream(stack, connection["id"])
        calls = [call for call in asked if call.get("seller") == seller and call["operation"] == OPERATION]
        have, due, same = missing_orders(stack, connection["id"], seller)
        lines.append(f"{connection['region'].upper()} {seller}, {connection['status']}")
        compare("orders (distinct)", have, due)
        if not same and have == due:
            wrong.append(f"{seller}: as many orders in S3 as at Amazon, but not the same ones")
        compare("records", int(stream["records"]), in_lake[seller].lines)
        compare("objects in S3", int(stream["objects"]), in_lake[seller].objects)
        compare("pages", int(stream["pages"]), sum(1 for call in calls if call["status"] == 200))
        compare("calls", int(stream["calls"]), len(calls))
        compare("refused for quota (429)", int(stream["throttled"]), sum(1 for call in calls if call["status"] == 429))
    refreshes = sum(int(row["refreshes"]) for row in rows(stack, "tokens") if row["sk"] == "ACCESS")
    checks = sum(int(row["lines"]) for row in rows(stack, "agenda") if row["sk"].startswith("I#"))
    lines.append("Together")
    compare("token renewals, and tries of imported tokens", refreshes + checks, stack.simulator.token_calls().get("refresh_token ok", 0))
    if not refreshes:
        wrong.append("no access token was renewed, so the figure proves nothing")
    if violations := stack.simulator.violations():
        wrong.append(f"against Amazon's official models: {'; '.join(violations[:5])}")
    if stuck := given_up(stack):
        wrong.append(f"messages were given up: {', '.join(stuck)}")
    return lines, wrong


def given_up(stack: Stack) -> list[str]:
    """Messages that ended in a dead-letter queue or in the table of parked ones."""
    sqs, outputs = stack.client("sqs"), stack.deployment.outputs
    counts = {"parked": len(rows(stack, "parked"))}
    for queue in (name for name in outputs if name.endswith("DeadQueueUrl")):
        attributes = sqs.get_queue_attributes(QueueUrl=outputs[queue],
                                              AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
        counts[queue] = int(attributes["ApproximateNumberOfMessages"])
    return [f"{count} in {place}" for place, count in counts.items() if count]
