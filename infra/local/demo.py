"""`make demo`: the whole product in about three minutes, on a stack that is thrown away afterwards.

Two simulated sellers in two regions are connected as a browser would, fetched completely, one takes
its consent back, is noticed, and is reconnected, while the other goes on. Then every figure is read
from the real stores and compared with the simulator's, and everything written is searched for secrets.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

import acts
import canary
from browser import Browser, Page
from build import build
from ledger import domains_of, figures, landed, missing_orders, orders_stream
from processes import free_port
from progress import GiveUp, run_program, wait_until
from stack import Stack, local_stack, sign_in_link

STORES = ("US", "DE")
"""Countries of the two stores; they lie in different regions."""
FETCH_PATIENCE = 300.0
"""Seconds until all orders must have landed."""
REVOKED_PATIENCE = 240.0
"""Seconds until a taken-back consent must show: two refusals at least a minute apart, and the clocks between."""
SETTLE = 60.0
"""Seconds the figures may take to agree once nothing new is asked for."""
LOOK = 1.0
"""Seconds between two looks at the stores."""


def main() -> None:
    started = time.monotonic()
    programs = build()
    folder = Path(tempfile.mkdtemp(prefix="sellerport-demo-"))
    print("Sellerport's demo: simulated Amazon, emulated AWS, everything else real.")
    try:
        with local_stack(free_port(), free_port(), folder, programs, None, "debug") as stack:
            canary.tap_events(stack)
            Demo(stack).play()
    except BaseException:
        print(f"\nThe logs of this demo stay in {folder}.")
        raise
    shutil.rmtree(folder)
    print(f"All of it is as it should be, in {time.monotonic() - started:.0f} s.")


class Demo:
    """The play, act by act."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.browser = Browser()

    def play(self) -> None:
        self.sign_in()
        first, second = (self.connect(store) for store in STORES)
        for connection in (first, second):
            self.wait_for_orders(connection)
        self.renew(second)
        self.take_back(first, second)
        self.reconnect(first)
        acts.rotate_secret(self.stack)
        third = acts.import_account(self)
        self.wait_for_orders(third)
        self.settle([first, second, third])
        print("The domains of the first seller, a few minutes after it was connected:")
        print("\n".join(domains_of(self.stack, first)))
        acts.leave(self, third)
        print("Search for secrets in everything that was written:")
        canary.sweep(self.stack, [page for page in self.browser.seen if page.url.startswith(self.stack.origin)])

    def sign_in(self) -> None:
        link = sign_in_link(self.stack.emulator.url, self.stack.deployment.outputs["ConsoleFunction"])
        form = self.expect(self.browser.open(link), "open the sign-in link").form("/sign-in")
        self.expect(self.browser.open(form.action, form.fields), "sign in")

    def connect(self, store: str) -> str:
        """Connects the first account offered for a store; returns the connection's id."""
        home = self.expect(self.browser.open(f"{self.stack.origin}/"), "open the first page")
        form = home.form("/connect")
        consent = self.browser.open(form.action, form.fields | {"store": store, "kind": "seller"})
        return self.approve(consent)

    def approve(self, consent: Page, seller: str | None = None) -> str:
        """Approves on the consent page as `seller`, or as the first account offered."""
        form = self.expect(consent, "open the consent page").form()
        seller = seller or form.options["seller"][0]
        back = self.browser.open(form.action, form.fields | {"seller": seller, "decision": "approve"})
        self.expect(back, "come back from the consent page")
        if "/connections/" not in back.url:
            raise GiveUp(f"After the consent the browser should be on the connection's page, not on {back.url}.")
        connection = back.url.rsplit("/", 1)[1]
        print(f"Connected {seller} as {connection}.")
        return connection

    def wait_for_orders(self, connection: str) -> None:
        """Waits until exactly the seller's orders lie in S3."""
        seller = self.state(connection)["seller"]
        now = (0, 0, False)

        def look() -> bool:
            nonlocal now
            now = missing_orders(self.stack, connection, seller)
            return now[2]

        wait_until(f"all orders of {seller} are in S3", FETCH_PATIENCE, look,
                   lambda: f"{now[0]} of {now[1]} orders of {seller} in S3", LOOK)

    def renew(self, connection: str) -> None:
        """Amazon ends an access token before its time; it is renewed and nobody is troubled."""
        seller = self.state(connection)["seller"]
        print(f"Amazon refuses an access token of {seller} early.")
        self.stack.simulator.refuse_token_once(seller)
        calls = orders_stream(self.stack, connection)["calls"]
        self.press(connection, "/fetch")
        wait_until("the token is renewed and the fetch goes on", REVOKED_PATIENCE,
                   lambda: orders_stream(self.stack, connection)["calls"] > calls + 1, None, LOOK)

    def take_back(self, revoked: str, other: str) -> None:
        """One seller withdraws; that must show, and must not touch the other."""
        seller = self.state(revoked)["seller"]
        print(f"{seller} takes the consent back at Amazon; someone asks for a fetch of both.")
        self.stack.simulator.revoke(seller)
        calls = orders_stream(self.stack, other)["calls"]
        for connection in (revoked, other):
            self.press(connection, "/fetch")
        wait_until("the other seller is still fetched", REVOKED_PATIENCE,
                   lambda: orders_stream(self.stack, other)["calls"] > calls, None, LOOK)
        wait_until(f"{seller} shows needs_reconnect", REVOKED_PATIENCE,
                   lambda: self.state(revoked)["status"] == "needs_reconnect",
                   lambda: f"{seller} is {self.state(revoked)['status']}", LOOK)
        shown = self.state(revoked)
        if not shown["cause"] or not shown["next_step"]:
            raise GiveUp(f"A connection that needs its seller must say why and what to do: {json.dumps(shown)}")
        print(f"    it says: {shown['cause']} {shown['next_step']}")
        if (status := self.state(other)["status"]) != "active":
            raise GiveUp(f"The other connection must stay active; it is {status}.")

    def reconnect(self, connection: str) -> None:
        """The seller consents again: same connection, next generation, nothing lost."""
        before = self.state(connection)
        kept = landed(self.stack)[before["seller"]].keys
        page = self.press(connection, "/reconnect")
        if (again := self.approve(page, before["seller"])) != connection:
            raise GiveUp(f"A reconnected seller must keep its connection: it was {connection}, it is {again}.")
        wait_until("the connection is active again", REVOKED_PATIENCE,
                   lambda: self.state(connection)["status"] == "active")
        if self.state(connection)["generation"] != before["generation"] + 1:
            raise GiveUp("A new consent must be a new generation of the connection.")
        calls = orders_stream(self.stack, connection)["calls"]
        self.press(connection, "/fetch")
        wait_until("it is fetched again", FETCH_PATIENCE,
                   lambda: orders_stream(self.stack, connection)["calls"] > calls, None, LOOK)
        if not kept <= landed(self.stack)[before["seller"]].keys:
            raise GiveUp("Records that had landed before the reconnect are gone.")

    def settle(self, connections: list[str]) -> None:
        """Prints the figures once they agree; fails with those that never do."""
        lines: list[str] = []
        wrong: list[str] = []

        def look() -> bool:
            nonlocal lines, wrong
            lines, wrong = figures(self.stack, [self.state(connection) for connection in connections])
            return not wrong

        try:
            wait_until("every figure agrees", SETTLE, look, None, LOOK)
        except GiveUp as late:
            raise GiveUp("\n".join(["Some figures are wrong:", *lines, *wrong])) from late
        print("\n".join(lines))

    def state(self, connection: str) -> dict:
        """The connection as the JSON API shows it."""
        page = self.expect(self.browser.open(f"{self.stack.origin}/api/connections/{connection}"), "read the API")
        return json.loads(page.body)

    def press(self, connection: str, button: str) -> Page:
        """Presses a button on the connection's page."""
        page = self.expect(self.browser.open(f"{self.stack.origin}/connections/{connection}"), "open the connection")
        form = page.form(button)
        return self.expect(self.browser.open(form.action, form.fields), f"press {button}")

    @staticmethod
    def expect(page: Page, what: str) -> Page:
        if page.status != 200:
            raise GiveUp(f"Could not {what}: {page.url.partition('?')[0]} answered {page.status}: {page.text()}")
        return page


if __name__ == "__main__":
    run_program(main)
