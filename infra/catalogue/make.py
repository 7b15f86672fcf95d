"""Writes shared/core/src/catalogue/operations.rs from Amazon's models and the tables beside this file.

    make catalogue MODELS=<folder>

The models are github.com/amzn/selling-partner-api-models, one file a version in one folder. They are read and
not kept. With `--print` the text goes to the output instead, which is how a test compares it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import models
import tables
import write

OUT = tables.HERE.parent.parent / "shared/core/src/catalogue/operations.rs"


def enrich(one: dict, facts: tables.Facts) -> dict:
    """An operation with everything that is known about it."""
    api, name = f"{one['api']}/{one['version']}", one["name"]
    fact = lambda kind: facts.of(api, name, kind)
    bodies = [parameter for parameter in one["parameters"] if parameter["in"] == "body"]
    planned = fact("plan")
    plan = models.plan(one["operation"])
    if plan is None and planned:
        rate, burst = planned.rstrip(" ?").split()
        plan = (float(rate), int(burst))
    removed = fact("removed")
    if plan is None and removed is None:
        raise SystemExit(f"{api} {name} has no usage plan: give it one in facts.txt")
    roles = fact("roles")
    return one | dict(
        body="Absent" if not bodies else "Required" if bodies[0].get("required") else "Optional",
        plan=plan or (1.0, 1),
        roles=tables.role_list(roles) if roles is not None else one["roles"],
        reads=one["method"] == "GET" or fact("reads") is not None,
        grantless=fact("grantless"), twice=fact("twice"), restricted=fact("restricted"),
        ceiling=fact("ceiling"),
        ends=fact("ends"), removed=removed, pages=pages(one, fact("pages")),
        sandbox_only=bool(one["operation"].get("x-amzn-api-sandbox-only")))


def pages(one: dict, rule: str | None) -> dict | None:
    """How its pages are walked. Data Kiosk alone hands its token to another call, in the body."""
    send = models.token_parameter(one["parameters"])
    find = models.token_field(one["model"], one["operation"])
    if one["api"] == "data-kiosk" and one["name"] in ("getQuery", "createQuery"):
        return dict(find=find or "", via='Via::Body("paginationToken")', filters="Repeat")
    if rule == "none" or not (send and find):
        if rule not in (None, "none"):
            raise SystemExit(f"{one['name']} has no pages, but facts.txt has a rule for them")
        return None
    filters = {None: "Repeat", "alone": "Alone", "query-type": "QueryType"}[rule]
    return dict(find=find, via=f'Via::Query("{send}")', filters=filters)


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:] if argument != "--print"]
    if len(folders) != 1 or not folders[0].is_dir():
        sys.exit("usage: make catalogue MODELS=<folder of Amazon's models>; nothing was changed")
    facts = tables.Facts()
    found = models.read(folders[0])
    held = {(one["method"], one["path"]) for one in found}
    for one in tables.later() + facts.without_model():
        if (one["method"], one["path"]) not in held:
            found.append(one)
    text = write.rust([enrich(one, facts) for one in found])
    if facts.unused:
        sys.exit(f"facts.txt speaks of what is not there: {sorted(facts.unused)[0]}")
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        OUT.write_text(text, encoding="utf-8")
        print(f"{len(found)} operations written to {OUT.name}")


if __name__ == "__main__":
    main()
