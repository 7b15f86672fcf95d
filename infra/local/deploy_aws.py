"""`make deploy`, `make application`, `make sign-in-aws`, `make lint`: Sellerport on real AWS.

`deploy` builds for arm64, packs, lints, asks CloudFormation what would change, shows it, asks, and
applies it. With DRY=1 it stops before the first call to AWS. Credentials and region come from the
usual AWS settings (AWS_PROFILE, AWS_REGION, …); infra/README.md lists the parameters.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from application import enter
from application_input import read_application
from build import PREBUILT, ROOT, SIGN_IN_LINK
from changes import ChangeSet, apply, outputs_of, prepare, status_of
from package import FUNCTIONS, TEMPLATE_LIMIT, Package, address_of, pack, point_at
from progress import GiveUp, run_program, step

TEMPLATE = ROOT / "infra" / "template.yaml"
TARGET = "aarch64-unknown-linux-gnu"
POLL = 3.0
"""Seconds between two looks at the stack; a first deploy takes about three minutes."""
BEST = 9
"""zlib effort for packages that are loaded at every cold start."""
SETTINGS = {
    "PUBLIC_ORIGIN": "PublicOrigin",
    "CERTIFICATE_ARN": "CertificateArn",
    "HOME_TENANT": "HomeTenant",
    "RETURN_ORIGINS": "ReturnOrigins",
    "VAULT_KEY_ARN": "VaultKeyArn",
    "PREVIOUS_VAULT_KEY_ARN": "PreviousVaultKeyArn",
    "OIDC_ISSUER": "OidcIssuer",
    "OIDC_CLIENT_ID": "OidcClientId",
    "OIDC_TENANT_CLAIM": "OidcTenantClaim",
    "OIDC_ROLE_CLAIM": "OidcRoleClaim",
    "OIDC_TENANT": "OidcTenant",
    "OIDC_API_AUDIENCES": "OidcApiAudiences",
    "USER_POOL": "UserPool",
    "ALARM_TOPIC_ARN": "AlarmTopicArn",
    "LOG_LEVEL": "LogLevel",
    "METRICS": "Metrics",
    "CATALOG": "Catalog",
    "RECORD_DAYS": "RecordDays",
    "NOTIFICATIONS": "Notifications",
}
"""Environment (or make) variable → template parameter. One that is not given keeps its value."""


def main() -> None:
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    stack = os.environ.get("STACK") or "sellerport"
    try:
        if command == "lint":
            lint()
        elif command == "deploy":
            deploy(stack, dry=os.environ.get("DRY", "") not in ("", "0"))
        elif command == "application":
            print(enter_application(stack))
        elif command == "sign-in":
            print(sign_in(stack))
        else:
            raise GiveUp("usage: deploy_aws.py lint | deploy | application | sign-in; no values on the command line")
    except (ClientError, BotoCoreError) as error:
        raise GiveUp(f"AWS refused: {error}") from error


def deploy(stack: str, dry: bool) -> None:
    lint()
    programs = build_for_arm()
    with step("Pack the functions"):
        packages = [pack(name, programs / name / "bootstrap", BEST) for name in FUNCTIONS]
    for package in packages:
        print(f"    {package.name:9} {len(package.body) / 1e6:5.1f} MB zipped")
    if dry:
        print("DRY=1: stopped before the first call to AWS. Nothing was uploaded or changed.")
        return
    session = aws()
    caller = session.client("sts").get_caller_identity()
    bucket = f"{stack}-code-{caller['Account']}-{session.region_name}"
    print(f"  Account {caller['Account']}, region {session.region_name}, as {caller['Arn']}.")
    template = point_at(TEMPLATE.read_text(), bucket, packages)
    with step(f"Upload to s3://{bucket}"):
        url = upload(session, bucket, packages, template)
    cloudformation = session.client("cloudformation")
    with step("Ask CloudFormation what would change"):
        changes = prepare(cloudformation, stack, url, parameters(cloudformation, stack, url), POLL)
    if changes is None:
        print(f"Nothing to change: {stack} is as the template says.")
    elif confirmed(changes):
        with step(f"Deploy {stack}"):
            apply(cloudformation, changes, POLL)
        for name, value in sorted(outputs_of(cloudformation, stack).items()):
            print(f"    {name:20} {value}")
    else:
        take_back(cloudformation, changes)


def aws() -> boto3.Session:
    """The caller's AWS settings. AWS_REGION is honoured too; boto3 itself reads AWS_DEFAULT_REGION only."""
    session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
    if session.region_name is None:
        raise GiveUp("No AWS region is set. Choose one, e.g. AWS_REGION=eu-central-1. Nothing was changed.")
    return session


def lint() -> None:
    """cfn-lint on the template, and its size against CloudFormation's limit."""
    with step("Lint infra/template.yaml"):
        linter = Path(sys.executable).with_name("cfn-lint")
        if subprocess.run([str(linter), str(TEMPLATE)], check=False).returncode != 0:
            raise GiveUp("cfn-lint objects to infra/template.yaml (above). Nothing was built or changed.")
        if (size := TEMPLATE.stat().st_size) > TEMPLATE_LIMIT * 0.95:
            raise GiveUp(f"infra/template.yaml has {size} bytes; CloudFormation reads {TEMPLATE_LIMIT} from a bucket, "
                         "with the package addresses filled in. Shorten it. Nothing was built or changed.")


def build_for_arm() -> Path:
    """Cross-compiles the functions; returns the folder with `<function>/bootstrap`."""
    if prebuilt := os.environ.get(PREBUILT):
        return Path(prebuilt)
    add_target()
    tools = Path(sys.executable).parent
    command = [str(tools / "cargo-lambda"), "lambda", "build", "--release", "--arm64", "--locked",
               "--lambda-dir", str(ROOT / "target" / "lambda")]
    for name in FUNCTIONS:
        command += ["--package", f"sellerport-{name}", "--bin", name]
    # cargo-lambda finds the zig of its own environment through PATH.
    env = os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
        raise GiveUp("The build for arm64 failed (cargo's message is above). Nothing was uploaded or changed.")
    return ROOT / "target" / "lambda"


def add_target() -> None:
    """Adds Rust's standard library for arm64 where rustup keeps the toolchain; without rustup cargo will tell."""
    if not shutil.which("rustup"):
        return
    shown = subprocess.run(["rustup", "target", "list", "--installed"], cwd=ROOT, capture_output=True, text=True,
                           check=False)
    if TARGET in shown.stdout.split():
        return
    print(f"  Adding Rust's standard library for {TARGET} to the toolchain (once)", flush=True)
    if subprocess.run(["rustup", "target", "add", TARGET], cwd=ROOT, check=False).returncode != 0:
        raise GiveUp(f"rustup could not add {TARGET} (its message is above). Nothing was built or changed; "
                     "check the network, then run the same command again.")


def upload(session: boto3.Session, bucket: str, packages: list[Package], template: Package) -> str:
    """Puts all into the stack's own code bucket, made at the first deploy; the template's address there."""
    s3 = session.client("s3")
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise
        place = {} if session.region_name == "us-east-1" else {
            "CreateBucketConfiguration": {"LocationConstraint": session.region_name}}
        s3.create_bucket(Bucket=bucket, **place)  # new buckets are private and encrypted by default
    for package in (*packages, template):
        s3.put_object(Bucket=bucket, Key=package.key, Body=package.body)
    return address_of(s3, bucket, template)


def parameters(cloudformation, stack: str, template_url: str) -> dict[str, str]:
    """The values given now over those the stack already has; a new stack takes the defaults."""
    declared = cloudformation.get_template_summary(TemplateURL=template_url)["Parameters"]
    known = {entry["ParameterKey"] for entry in declared}
    values = {}
    if status_of(cloudformation, stack) is not None:
        values = {name: value for name, value in given_to(cloudformation, stack).items() if name in known}
    given = {parameter: os.environ[name] for name, parameter in SETTINGS.items() if name in os.environ}
    return values | given


def given_to(cloudformation, stack: str) -> dict[str, str]:
    """The parameters that a stack has."""
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {entry["ParameterKey"]: entry["ParameterValue"] for entry in described.get("Parameters", [])}


def confirmed(changes: ChangeSet) -> bool:
    print(f"\n{len(changes.lines)} changes to {changes.stack}:")
    for line in changes.lines:
        print(f"    {line}")
    try:
        return input("\nCarry them out? Type yes: ").strip() == "yes"
    except EOFError:  # nobody there to ask
        return False


def take_back(cloudformation, changes: ChangeSet) -> None:
    cloudformation.delete_change_set(ChangeSetName=changes.arn, StackName=changes.stack)
    if changes.creates:  # an empty stack that only held the change set
        cloudformation.delete_stack(StackName=changes.stack)
    print("Nothing was changed; what was uploaded stays in the code bucket.")


def enter_application(stack: str) -> str:
    """Enters an Amazon application, read from standard input; whoever may invoke the function may enter one."""
    application = read_application()
    session = aws()
    cloudformation = session.client("cloudformation")
    rotate = outputs_of(cloudformation, stack)["RotateFunction"]
    tenant = given_to(cloudformation, stack).get("HomeTenant", "main")
    return enter(session.client("lambda"), rotate, tenant, application.pop("name"), application)


def sign_in(stack: str) -> str:
    """A one-time sign-in link; whoever may invoke the console function may have one."""
    session = aws()
    console = outputs_of(session.client("cloudformation"), stack)["ConsoleFunction"]
    answer = session.client("lambda").invoke(FunctionName=console, Payload=json.dumps(SIGN_IN_LINK).encode())
    text = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise GiveUp(f"{console} failed: {text}")
    return json.loads(text)["url"]


if __name__ == "__main__":
    run_program(main)
