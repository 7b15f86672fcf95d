"""Starts MiniStack, the AWS emulator, the only way the project uses it.

Loopback only, IAM enforced, and with an empty environment: what the emulator has, the functions
inherit. With a state folder it goes on where the last clean stop left off; without one it forgets.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import boto3
from botocore.config import Config

from processes import Child

REGION = "eu-central-1"
ACCOUNT = "000000000000"

# Nothing of the caller's AWS set-up may reach the local programs, least of all a real profile.
for _name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[_name]


class Emulator:
    """A running MiniStack."""

    def __init__(self, port: int, home: Path, state: Path | None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        settings = {
            "PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home),
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "AUTH": "true",
            "MINISTACK_REGION": REGION, "AWS_ENDPOINT_URL": self.url,
            # Two services that would open ports of their own.
            "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0",
        }
        if state is None:
            settings |= {"STATE_DIR": str(home / "state"), "S3_DATA_DIR": str(home / "s3")}
        else:
            settings |= {"PERSIST_STATE": "1", "STATE_DIR": str(state / "tables"),
                         "S3_PERSIST": "1", "S3_DATA_DIR": str(state / "s3")}
        program = [str(Path(sys.executable).with_name("ministack"))]
        self.child = Child("the AWS emulator", program, port, home / "emulator.log", settings)

    def client(self, service: str):
        """A boto3 client of this emulator, as the account's root."""
        return client(self.url, service)

    def stop(self) -> bool:
        """Stops the emulator and every function it runs; True if it could save its state."""
        return self.child.stop()


def client(url: str, service: str):
    """A boto3 client for the emulator at `url`. `test` is the emulator's root key."""
    return boto3.client(service, endpoint_url=url, region_name=REGION, aws_access_key_id="test",
                        aws_secret_access_key="test",
                        config=Config(retries={"max_attempts": 2}, read_timeout=70,
                                      s3={"addressing_style": "path"}))
