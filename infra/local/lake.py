"""Copies a stack's lake to this machine, so that DuckDB reads files: records and the tables made of them.

What the lake no longer has goes here too: data that was erased there does not live on in a copy.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from build import LOCAL
from changes import outputs_of
from deploy import STACK
from deploy_aws import aws
from emulator import client
from progress import GiveUp, step
from session import running

PREFIXES = ("records/", "tables/")
AT_ONCE = 8
"""Objects copied at the same time."""


@dataclass(frozen=True)
class Copied:
    """Where the copy is, and what it took."""

    folder: Path
    objects: int
    fetched: int
    removed: int


def copy() -> Copied:
    """Brings the copy of the lake up to date: of the stack that STACK names, or of the one that runs here."""
    stack = os.environ.get("STACK")
    try:
        if stack:
            session = aws()
            s3, outputs = session.client("s3"), outputs_of(session.client("cloudformation"), stack)
        else:
            url = running().emulator_url
            s3, outputs = client(url, "s3"), outputs_of(client(url, "cloudformation"), STACK)
        folder = LOCAL / "lake" / (f"aws-{stack}" if stack else "local")
        folder.mkdir(parents=True, exist_ok=True)
        os.chmod(LOCAL / "lake", 0o700)  # sellers' figures are nobody else's
        with step("Copy what is new in the lake"):
            return bring(s3, outputs["LakeBucket"], folder)
    except (ClientError, BotoCoreError) as error:
        raise GiveUp(f"The lake could not be read: {error}. What was copied before is still there; try again.") from error


def bring(s3, bucket: str, folder: Path) -> Copied:
    """Copies what is not there yet as it is, and removes what is not in the bucket."""
    there = {found["Key"]: found for prefix in PREFIXES
             for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
             for found in page.get("Contents", [])}
    here = {str(path.relative_to(folder)): path for prefix in PREFIXES
            for path in (folder / prefix).rglob("*") if path.is_file()}
    gone = [path for key, path in here.items() if key not in there]
    for path in gone:
        path.unlink()
    wanted = [found for key, found in there.items() if not _same(here.get(key), found)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(_fetch, s3, bucket, found, folder) for found in wanted]:
            done.result()
    return Copied(folder, len(there), len(wanted), len(gone))


def _same(path: Path | None, found: dict) -> bool:
    if path is None:
        return False
    held = path.stat()
    return held.st_size == found["Size"] and int(held.st_mtime) == int(found["LastModified"].timestamp())


def _fetch(s3, bucket: str, found: dict, folder: Path) -> None:
    path = folder / found["Key"]
    if ".." in path.parts:
        raise GiveUp("An object's name climbs out of its folder; nothing more was copied.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read())
    # The order of landing decides which of two versions is the newer one.
    at = found["LastModified"].timestamp()
    os.utime(part, (at, at))
    part.replace(path)
