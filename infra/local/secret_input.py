"""Reads the Amazon application's credentials without them ever being an argument or on the screen."""

from __future__ import annotations

import getpass
import json
import sys

from progress import GiveUp

SHORTEST_SECRET = 20
"""Characters; Amazon's are 64 or more."""
CLIENT_ID_PREFIX = "amzn1.application-oa2-client."


def read_credentials() -> str:
    """The secret's JSON, from a terminal (asked for, not echoed) or from two lines of a pipe."""
    if sys.stdin.isatty():
        client_id = input("Client id (from Seller Central, not secret): ")
        client_secret = getpass.getpass("Client secret (not shown): ")
    else:
        client_id, client_secret = (sys.stdin.read().splitlines() + ["", ""])[:2]
    return checked(client_id.strip(), client_secret.strip())


def checked(client_id: str, client_secret: str) -> str:
    """Refuses what cannot be right, without repeating it."""
    if not client_id.startswith(CLIENT_ID_PREFIX):
        raise GiveUp(f"The first line must be the client id, beginning {CLIENT_ID_PREFIX}. Nothing was changed.")
    if client_secret.startswith(("Atzr|", "Atza|")):
        raise GiveUp("The second line is a token; the client secret is wanted. Nothing was changed.")
    plain = client_secret.isascii() and client_secret.isprintable() and " " not in client_secret
    if not plain or len(client_secret) < SHORTEST_SECRET:
        raise GiveUp("The second line does not look like a client secret. Nothing was changed.")
    return json.dumps({"client_id": client_id, "client_secret": client_secret})
