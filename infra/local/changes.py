"""Creates and updates a CloudFormation stack through a change set, in the emulator and on AWS."""

from __future__ import annotations

import time
from dataclasses import dataclass

from botocore.exceptions import ClientError

from progress import GiveUp

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
FAILED_EVENTS_SHOWN = 5


@dataclass(frozen=True)
class ChangeSet:
    """Changes that wait for `apply`."""

    stack: str
    arn: str
    creates: bool
    lines: list[str]


def prepare(cloudformation, stack: str, template_url: str, parameters: dict[str, str],
            poll: float) -> ChangeSet | None:
    """Asks what deploying the template at an address in S3 would change; None if nothing would."""
    creates = status_of(cloudformation, stack) in (None, "REVIEW_IN_PROGRESS")
    made = cloudformation.create_change_set(
        StackName=stack, ChangeSetName=f"deploy-{int(time.time() * 1000)}",
        ChangeSetType="CREATE" if creates else "UPDATE", TemplateURL=template_url, Capabilities=CAPABILITIES,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
    while True:
        seen = cloudformation.describe_change_set(ChangeSetName=made["Id"], StackName=stack)
        if seen["Status"] == "CREATE_COMPLETE":
            return ChangeSet(stack, made["Id"], creates, [_line(change) for change in seen["Changes"]])
        if seen["Status"] == "FAILED":
            reason = seen.get("StatusReason", "no reason given")
            cloudformation.delete_change_set(ChangeSetName=made["Id"], StackName=stack)
            if "didn't contain changes" in reason or "No updates" in reason:
                return None
            raise GiveUp(f"CloudFormation refuses the template for {stack}; nothing was changed. "
                         f"It says: {reason}")
        time.sleep(poll)


def apply(cloudformation, changes: ChangeSet, poll: float) -> None:
    """Carries the changes out and waits for their end."""
    started = time.time()
    cloudformation.execute_change_set(ChangeSetName=changes.arn, StackName=changes.stack)
    while (status := status_of(cloudformation, changes.stack) or "").endswith("_IN_PROGRESS"):
        time.sleep(poll)
    if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise GiveUp(f"The stack {changes.stack} ended as {status}; CloudFormation took the changes back. "
                     + " ".join(_failures(cloudformation, changes.stack, started)))


def status_of(cloudformation, stack: str) -> str | None:
    """The stack's status; None if there is no such stack."""
    try:
        return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def outputs_of(cloudformation, stack: str) -> dict[str, str]:
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}


def _line(change: dict) -> str:
    what = change["ResourceChange"]
    replaced = " (REPLACED)" if what.get("Replacement") == "True" else ""
    return f"{what['Action']:8} {what['ResourceType']:38} {what['LogicalResourceId']}{replaced}"


def _failures(cloudformation, stack: str, since: float) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    return [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}" for event in events
            if event["ResourceStatus"].endswith("_FAILED")
            and event["Timestamp"].timestamp() >= since - 1][:FAILED_EVENTS_SHOWN]
