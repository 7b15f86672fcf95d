"""Deploys infra/template.yaml into the local emulator, the way AWS would.

Packages go to a bucket, CloudFormation makes the stack through a change set, and what the
emulator's CloudFormation ignores (TTL, point-in-time recovery) is set by API afterwards.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from application import enter
from changes import apply, outputs_of, prepare, status_of
from emulator import Emulator
from package import FUNCTIONS, address_of, pack, point_at
from simulator import Simulator

STACK = "sellerport"
HOME_TENANT = "main"
"""The template's default; its operators look after the applications."""
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
        template_url = upload(emulator, programs)
        if changes := prepare(cloudformation, STACK, template_url, parameters, POLL):
            apply(cloudformation, changes, POLL)
        set_what_the_emulator_ignores(emulator)
        stamp.write_text(wanted)
    outputs = outputs_of(cloudformation, STACK)
    enter_application(emulator, simulator, outputs["RotateFunction"])
    return Deployment(outputs, was)


def local_parameters(simulator: Simulator, origin: str, log_level: str) -> dict[str, str]:
    return {
        "PublicOrigin": origin,
        "AmazonOverride": simulator.url,
        "OidcIssuer": f"{simulator.url}/oidc",  # the development issuer
        "OidcClientId": "sellerport-console",
        "OidcApiAudiences": "sellerport-api",
        "EncryptionContextConditions": "off",
        "LocalEmulator": "yes",
        "Catalog": "no",  # the emulator has no Athena
        "LogLevel": log_level,
    }


def fingerprint(programs: Path, parameters: dict[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for path in (TEMPLATE, *(programs / name / "bootstrap" for name in FUNCTIONS)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def upload(emulator: Emulator, programs: Path) -> str:
    """Puts packages and template into the emulator's bucket; returns the template's address there."""
    s3 = emulator.client("s3")
    try:
        s3.create_bucket(Bucket=CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    except s3.exceptions.BucketAlreadyOwnedByYou:
        pass  # from an earlier deploy
    packages = [pack(name, programs / name / "bootstrap", QUICK) for name in FUNCTIONS]
    template = point_at(TEMPLATE.read_text(), CODE_BUCKET, packages)
    for package in (*packages, template):
        s3.put_object(Bucket=CODE_BUCKET, Key=package.key, Body=package.body)
    return address_of(s3, CODE_BUCKET, template)


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


def enter_application(emulator: Emulator, simulator: Simulator, rotate: str, more: dict | None = None) -> None:
    """Enters the simulator's application as an operator would; a second time changes only its dates.

    The function tries the secret at the simulator, so stack and simulator must both be up.
    """
    theirs = simulator.application()
    enter(emulator.client("lambda"), rotate, HOME_TENANT, "main", {
        "amazon_id": theirs["application_id"], "stage": "draft", "realm": "production",
        "client_id": theirs["client_id"], "client_secret": theirs["client_secret"],
    } | (more or {}))
