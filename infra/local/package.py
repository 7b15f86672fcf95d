"""Turns built functions into Lambda packages and points the template at them.

The template names folders (`CodeUri: ../target/lambda/<bin>`), as SAM tools expect. Like
`aws cloudformation package`, this puts `s3://…` there and leaves everything else untouched.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

FUNCTIONS = ("oauth", "console", "refresh", "dispatch", "rotate", "notify", "erase", "shape", "fetch", "call")
"""The programs that are functions, by the name of their binary."""
CODE_URI = re.compile(r"(?m)^(\s+CodeUri: )\.\./target/lambda/(\S+)$")
TEMPLATE_LIMIT = 1_000_000
"""Bytes of a template that CloudFormation reads from a bucket (1 MB; in a request it takes 51,200 only)."""


@dataclass(frozen=True)
class Package:
    """Something to upload, named by its content: a zip with one executable `bootstrap`, or the template."""

    name: str
    key: str
    body: bytes


def pack(name: str, bootstrap: Path, effort: int) -> Package:
    """Packs one program; the same program gives the same bytes. `effort` is zlib's, 1 to 9."""
    program = bootstrap.read_bytes()
    entry = zipfile.ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o100755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, program, compresslevel=effort)
    return Package(name, f"{name}-{hashlib.sha256(program).hexdigest()[:16]}.zip", buffer.getvalue())


def point_at(template: str, bucket: str, packages: list[Package]) -> Package:
    """The template with each `CodeUri` folder replaced by its package in `bucket`; it goes there as well."""
    keys = {package.name: package.key for package in packages}
    body = CODE_URI.sub(lambda found: f"{found[1]}s3://{bucket}/{keys[found[2]]}", template).encode()
    return Package("template", f"template-{hashlib.sha256(body).hexdigest()[:16]}.yaml", body)


def address_of(s3, bucket: str, package: Package) -> str:
    """Where CloudFormation finds it (TemplateURL)."""
    return f"{s3.meta.endpoint_url}/{bucket}/{package.key}"
