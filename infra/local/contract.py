"""What the tests need of an emulator: the tables and services that the ports talk to, under a name of their own.

The tests receive what a function would find in its environment, as JSON in SELLERPORT_EMULATOR.
"""

from __future__ import annotations

import json

from emulator import REGION, Emulator

STACK = "contract"
DUE_TABLES = ("tokens", "streams", "agenda")
"""Tables with an index of what is due, as in infra/template.yaml."""
QUEUES = ("fetch-orders", "refresh", "fetch-agreeing", "import", "import-dead")
TABLES = ("connections", "tokens", "pending", "sessions", "streams", "quotas", "audit", "parked", "agenda")


def create(emulator: Emulator) -> str:
    """Creates everything; returns the environment for the tests."""
    create_tables(emulator, STACK)
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket=f"{STACK}-lake", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=f"{STACK}-lake", VersioningConfiguration={"Status": "Enabled"})
    emulator.client("events").create_event_bus(Name=STACK)
    keys = [emulator.client("kms").create_key()["KeyMetadata"]["Arn"] for _ in range(2)]
    queues = {name: emulator.client("sqs").create_queue(QueueName=f"{STACK}-{name}")["QueueUrl"] for name in QUEUES}
    return json.dumps({
        "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": emulator.url, "STACK_NAME": STACK, "VAULT_KEY_ID": keys[0], "ANOTHER_KEY_ID": keys[1],
        "LAKE_BUCKET": f"{STACK}-lake", "EVENT_BUS": STACK,
        "QUEUE_FETCH": queues["fetch-orders"].removesuffix("orders"), "QUEUE_REFRESH": queues["refresh"],
        "QUEUE_agreeing": queues["fetch-agreeing"],  # for the tests alone
        "QUEUE_IMPORT": queues["import"], "QUEUE_IMPORT_DEAD": queues["import-dead"],
        # Nobody can send to a dead-letter queue by its own name: what the tests send here are dead letters.
        "QUEUE_SECRET": queues["import-dead"],
        "QUEUE_NOTIFICATIONS": queues["fetch-agreeing"], "QUEUE_NOTIFICATIONS_DEAD": queues["import-dead"],
    })


def create_tables(emulator: Emulator, stack: str) -> None:
    """Creates the tables of a stack of this name."""
    for table in TABLES:
        _table(emulator, stack, table)


def _table(emulator: Emulator, stack: str, name: str) -> None:
    attributes, indexes = ["pk", "sk"], {}
    if name in DUE_TABLES:
        attributes += ["due_shard", "due_at"]
        indexes = {"GlobalSecondaryIndexes": [{"IndexName": "due", "KeySchema": _keys("due_shard", "due_at"),
                                               "Projection": {"ProjectionType": "KEYS_ONLY"}}]}
    emulator.client("dynamodb").create_table(
        TableName=f"{stack}-{name}", BillingMode="PAY_PER_REQUEST", KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": attribute, "AttributeType": "S"} for attribute in attributes],
        **indexes)


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
