"""The other figures of `make bench`: the first event of a fresh process, and a whole backfill.

Emulator, simulator and the functions in them are those of `make run`. Their schedules and queues are
stopped once a seller is connected, so that only the measured release programs work, one at a time.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from statistics import median

from bench_sandbox import Mark, sandbox
from demo import Demo
from deploy import STACK
from ledger import orders_stream
from processes import free_port
from progress import GiveUp, step, wait_until
from stack import Stack, local_stack

SMALL = ("FR", "A1LUMIERE0004FR")
"""A store and a simulated seller in it with few orders."""
LARGE = ("US", "A2NORTHWIND01US")
"""One with about 1,240 orders."""
ROUNDS_AT_MOST = 3
"""searchOrders may be called 20 times at once; each round, and the one that warms up, needs five: the present, and a
history that is asked for in growing pieces."""
CHANGED = ("streams", "quotas")
"""The tables that dispatch and fetch change; put back between rounds, so that every round finds the same."""
RECEIVE = 5
"""Seconds to wait for a message."""


def work_lines(programs: Path, local_programs: Path, rounds: int, folder: Path) -> list[str]:
    """Measures against a local stack of its own; what to print, line by line."""
    with local_stack(free_port(), free_port(), folder / "stack", local_programs, None) as stack:
        quiet(stack)
        bench = Work(stack, programs, folder)
        small = bench.connect(*SMALL)
        dispatched, fetched = bench.first_events(small, min(rounds, ROUNDS_AT_MOST))
        few = orders_stream(stack, small)
        large = bench.connect(*LARGE)
        with step("Fetch a seller's whole history in one process"):
            backfill = bench.round()[1]
        done = orders_stream(stack, large)
    records, pages = int(done["records"]), int(done["pages"])
    cpu = backfill.cpu_ns / 1e6
    return [
        f"A fresh process with its first event, {len(fetched)} each, start included; lowest / median:",
        "",
        "                                                       CPU ms     peak MB",
        _row("dispatch, one stream due: one task sent", dispatched),
        _row(f"fetch, {few['pages']} pages: {few['records']} orders landed", fetched),
        "",
        f"A whole history in one event of a fresh fetch process: {records} orders on {pages} pages, {cpu:.1f} ms of",
        f"CPU from process start to finish, that is {cpu * 1000 / records:.1f} ms per 1,000 orders fetched and landed;",
        f"peak memory {backfill.peak_bytes / 1e6:.1f} MB.",
        "",
        "CPU is that of the function's own process. AWS is emulated and Amazon simulated, over HTTP on this",
        "machine: the TLS handshakes of a first event on AWS, one for each service, are not in these figures;",
        "the reading of this system's root certificates is.",
    ]


def _row(what: str, marks: list[Mark]) -> str:
    cpu, peak = [mark.cpu_ns / 1e6 for mark in marks], [mark.peak_bytes / 1e6 for mark in marks]
    return f"{what:49}{min(cpu):6.2f} / {median(cpu):5.2f}{max(peak):8.1f}"


def quiet(stack: Stack) -> None:
    """Stops everything in the stack that would run a function by itself."""
    events, functions = stack.client("events"), stack.client("lambda")
    for bus in ("default", stack.deployment.outputs["EventBus"]):
        for rule in events.list_rules(EventBusName=bus)["Rules"]:
            events.disable_rule(Name=rule["Name"], EventBusName=bus)
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


class Work:
    """The release programs at work in the stack's place."""

    def __init__(self, stack: Stack, programs: Path, folder: Path) -> None:
        self.stack, self.programs, self.folder = stack, programs, folder
        self.queue = stack.deployment.outputs["FetchordersQueueUrl"]
        self.person = Demo(stack)
        self.person.sign_in()

    def connect(self, store: str, seller: str) -> str:
        browser, person = self.person.browser, self.person
        form = person.expect(browser.open(f"{self.stack.origin}/"), "open the first page").form("/connect")
        consent = browser.open(form.action, form.fields | {"store": store, "kind": "seller"})
        connection = person.approve(consent, seller)
        # What is measured is orders alone: nothing else is due.
        page = person.expect(browser.open(f"{self.stack.origin}/connections/{connection}"), "open the connection")
        form = page.form(f"/connections/{connection}/domains")
        person.expect(browser.open(form.action, form.fields | {"domains": "orders"}), "choose orders alone")
        wait_until("the seller's orders are due", RECEIVE, lambda: orders_stream(self.stack, connection))
        return connection

    def first_events(self, connection: str, rounds: int) -> tuple[list[Mark], list[Mark]]:
        """Dispatch and fetch, again and again from the same rows, each in a fresh process."""
        saved = {table: self._rows(table) for table in CHANGED}
        dispatched, fetched = [], []
        with step(f"Dispatch and fetch few orders {rounds} times"):
            for turn in range(rounds + 1):
                for table in CHANGED:
                    self._put_back(table, saved[table])
                dispatch, fetch = self.round()
                if not int(orders_stream(self.stack, connection)["records"]):
                    raise GiveUp("The fetch that was measured landed nothing, so its figure would mean nothing.")
                if turn > 0:  # the first turn only warms what is outside the functions
                    dispatched.append(dispatch)
                    fetched.append(fetch)
        return dispatched, fetched

    def round(self) -> tuple[Mark, Mark]:
        """One dispatch, and the fetch of the one task that it sent."""
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        schedule = {"v": 1, "kind": "dispatch", "source": "aws.events", "time": now}
        answer, dispatched = self._run("dispatch", "dispatch", schedule)
        if answer["sent"] != 1:
            raise GiveUp(f"One stream was due; dispatch answered {answer}.")
        sqs = self.stack.client("sqs")
        message = sqs.receive_message(QueueUrl=self.queue, WaitTimeSeconds=RECEIVE)["Messages"][0]
        sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        record = {"messageId": message["MessageId"], "body": message["Body"]}
        answer, fetched = self._run("fetch", "fetch-orders", {"Records": [record]})
        if answer["batchItemFailures"]:
            raise GiveUp("The fetch that was measured failed, so its figure would mean nothing.")
        return dispatched, fetched

    def _run(self, program: str, function: str, event: object) -> tuple[dict, Mark]:
        """One event in a fresh process, set up as the deployed function is."""
        deployed = self.stack.client("lambda").get_function_configuration(FunctionName=f"{STACK}-{function}")
        settings = deployed["Environment"]["Variables"] | {
            "_HANDLER": deployed["Handler"], "AWS_ENDPOINT_URL": self.stack.emulator.url}
        with sandbox(self.programs / program, settings, self.folder) as running:
            return running.invoke(event)

    def _rows(self, table: str) -> list[dict]:
        return self.stack.client("dynamodb").scan(TableName=f"{STACK}-{table}", ConsistentRead=True)["Items"]

    def _put_back(self, table: str, saved: list[dict]) -> None:
        dynamodb, name = self.stack.client("dynamodb"), f"{STACK}-{table}"
        for row in self._rows(table):
            dynamodb.delete_item(TableName=name, Key={"pk": row["pk"], "sk": row["sk"]})
        for row in saved:
            dynamodb.put_item(TableName=name, Item=row)
