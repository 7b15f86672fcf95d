"""Reads an Amazon application without its secret ever being an argument or on the screen."""

from __future__ import annotations

import getpass
import re
import sys

from progress import GiveUp

QUESTIONS = {
    "name": ("Short name here, part of its addresses", "main"),
    "amazon_id": ("Amazon's application id (amzn1.sellerapps.app.…)", ""),
    "stage": ("Stage: draft, published or private", "draft"),
    "realm": ("Realm: production or sandbox", "production"),
    "client_id": ("Client id (amzn1.application-oa2-client.…)", ""),
    "client_secret": ("Client secret (not shown)", ""),
}
"""What is asked for, in this order: field, question, answer of an empty line."""
CHOICES = {"stage": ("draft", "published", "private"), "realm": ("production", "sandbox")}
SHORTEST_SECRET = 20
"""Characters; Amazon's are 64 or more."""


def read_application() -> dict[str, str]:
    """The fields of QUESTIONS, from a terminal (the secret is not echoed) or from the lines of a pipe."""
    if sys.stdin.isatty():
        answers = [_ask(field) for field in QUESTIONS]
    else:
        answers = (sys.stdin.read().splitlines() + [""] * len(QUESTIONS))[:len(QUESTIONS)]
    given = zip(QUESTIONS.items(), answers, strict=True)
    return checked({field: answer.strip() or default for (field, (_, default)), answer in given})


def _ask(field: str) -> str:
    question, default = QUESTIONS[field]
    prompt = f"{question} [{default}]: " if default else f"{question}: "
    return getpass.getpass(prompt) if field == "client_secret" else input(prompt)


def checked(application: dict[str, str]) -> dict[str, str]:
    """Refuses what cannot be right, without repeating the secret. The function checks everything again."""
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,31}", application["name"]):
        raise GiveUp("The short name: up to 32 letters, digits, -, _ or . are wanted. Nothing was changed.")
    for field, choices in CHOICES.items():
        if application[field] not in choices:
            raise GiveUp(f"The {field}: one of {', '.join(choices)} is wanted. Nothing was changed.")
    if not application["amazon_id"].startswith("amzn1."):
        raise GiveUp("Amazon's application id begins amzn1. Nothing was changed.")
    if not application["client_id"].startswith("amzn1.application-oa2-client."):
        raise GiveUp("The client id begins amzn1.application-oa2-client. Nothing was changed.")
    secret = application["client_secret"]
    if secret.startswith(("Atzr|", "Atza|")):
        raise GiveUp("This is a token; the client secret is wanted. Nothing was changed.")
    plain = secret.isascii() and secret.isprintable() and " " not in secret
    if not plain or len(secret) < SHORTEST_SECRET:
        raise GiveUp("This does not look like a client secret. Nothing was changed.")
    return application
