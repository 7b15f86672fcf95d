"""Amazon's messages to the operator's queues, carried from the simulator to the emulator's SQS.

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


def relay_notifications(simulator: Simulator, sqs) -> int:
    """Carries over what sellers' subscriptions tell, each to the queue that its destination names."""
    deliveries = simulator.ask("notifications/deliver", {})["deliveries"]
    urls: dict[str, str] = {}
    for delivery in deliveries:
        arn = delivery["queue"]
        if arn not in urls:
            urls[arn] = sqs.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"]
        sqs.send_message(QueueUrl=urls[arn], MessageBody=json.dumps(delivery["message"]))
    return len(deliveries)
