"""Amazon's messages to the operator's queue, carried from the simulator to the emulator's SQS.

Amazon sends them itself; the simulator keeps them until somebody takes them.
"""

from __future__ import annotations

import json

from simulator import Simulator


def relay_notices(simulator: Simulator, sqs, queue_url: str) -> int:
    """Carries over what waits; returns how many messages that were."""
    notices = simulator.ask("notifications/take", {})["notifications"]
    for notice in notices:
        sqs.send_message(QueueUrl=queue_url, MessageBody=json.dumps(notice))
    return len(notices)
