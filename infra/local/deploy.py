"""Deploys infra/template.yaml into the local emulator, the way AWS would.

Packages go to a bucket, CloudFormation makes the stack through a change set, and what the
emulator's CloudFormation ignores (TTL, point-in-time recovery) is set by API afterwards.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from changes import apply, outputs_of, prepare, status_of
from emulator import Emulator
from package import FUNCTIONS, pack, point_at
from simulator import Simulator

STACK = "sellerport"
TEMPLATE = Path(__file__).resolve().parent.parent / "template.yaml"
CODE_BUCKET = "sellerport-code"
POLL = 0.1
"""Seconds between two looks at the stack; the emulator needs about two in all."""
TTL = {"Enabled": True, "AttributeName": "expires"}
RECOVERY = {"PointInTimeRecoveryEnabled": True}
QUICK = 1
"""zlib effort for packages that only travel to a process next door."""


@dataclass(frozen=True)
class Deployment:
    """What was deployed, and whether it had to be."""

    outputs: dict[str, str]
    was: str


def deploy(emulator: Emulator, simulator: Simulator, programs: Path, origin: str, log_level: str,
           stamp: Path) -> Deployment:
    """Brings the stack to the present template and programs; does nothing if it is there already."""
    parameters = local_parameters(simulator, origin, log_level)
    cloudformation = emulator.client("cloudformation")
    wanted = fingerprint(programs, parameters)
    exists = status_of(cloudformation, STACK) is not None
    if exists and stamp.exists() and stamp.read_text() == wanted:
        was = "unchanged"
    else:
        was = "updated" if exists else "created"
        template = upload(emulator, programs)
        if changes := prepare(cloudformation, STACK, template, parameters, POLL):
            apply(cloudformation, changes, POLL)
        set_what_the_emulator_ignores(emulator)
        stamp.write_text(wanted)
    outputs = outputs_of(cloudformation, STACK)
    put_application_secret(emulator, simulator, outputs["AppSecretId"])
    return Deployment(outputs, was)


def local_parameters(simulator: Simulator, origin: str, log_level: str) -> dict[str, str]:
    return {
        "PublicOrigin": origin,
        "AmazonApplicationId": simulator.application()["application_id"],
        "ApplicationStage": "draft",
        "AmazonOverride": simulator.url,
        "OidcIssuer": f"{simulator.url}/oidc",  # the development issuer
        "OidcClientId": "sellerport-console",
        "OidcApiAudiences": "sellerport-api",
        "EncryptionContextConditions": "off",
        "LocalEmulator": "yes",
        "LogLevel": log_level,
    }


def fingerprint(programs: Path, parameters: dict[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for path in (TEMPLATE, *(programs / name / "bootstrap" for name in FUNCTIONS)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def upload(emulator: Emulator, programs: Path) -> str:
    """Puts the packages into the emulator's bucket; returns the template that names them."""
    s3 = emulator.client("s3")
    try:
        s3.create_bucket(Bucket=CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    except s3.exceptions.BucketAlreadyOwnedByYou:
        pass  # from an earlier deploy
    keys = {}
    for name in FUNCTIONS:
        package = pack(name, programs / name / "bootstrap", QUICK)
        s3.put_object(Bucket=CODE_BUCKET, Key=package.key, Body=package.body)
        keys[name] = package.key
    return point_at(TEMPLATE.read_text(), CODE_BUCKET, keys)


def tables_of(emulator: Emulator) -> list[str]:
    """The physical names of the stack's tables."""
    pages = emulator.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    return [resource["PhysicalResourceId"] for page in pages for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == "AWS::DynamoDB::Table"]


def set_what_the_emulator_ignores(emulator: Emulator) -> None:
    dynamodb = emulator.client("dynamodb")
    for table in tables_of(emulator):
        now = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if now != "ENABLED":
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=TTL)
        dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=RECOVERY)


def put_application_secret(emulator: Emulator, simulator: Simulator, secret: str) -> None:
    """Gives the functions the simulator's client id and secret, unless they have them already."""
    application = simulator.application()
    value = json.dumps({"client_id": application["client_id"], "client_secret": application["client_secret"]})
    secrets = emulator.client("secretsmanager")
    if secrets.get_secret_value(SecretId=secret)["SecretString"] != value:
        secrets.put_secret_value(SecretId=secret, SecretString=value)
