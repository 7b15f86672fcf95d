"""Reads the tables beside this file: what Amazon's models do not hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def apis() -> dict[str, tuple[str, list[str]]]:
    """For each model's file: the API's name and the roles that open it."""
    found = {}
    for line in lines("apis.txt"):
        model, name, roles = line.split(maxsplit=2)
        found[model] = (name, role_list(roles))
    return found


def role_list(text: str) -> list[str]:
    return [role.strip() for role in text.rstrip(" ?").split(";") if role.strip() not in ("", "-")]


class Facts:
    """The lines of facts.txt. Each must be used: a line about an operation that is not there is a mistake."""

    def __init__(self) -> None:
        self.unused: dict[tuple[str, str, str], str] = {}
        for line in lines("facts.txt"):
            api, operation, fact, *value = line.split(maxsplit=3)
            key = (api, operation, fact)
            if key in self.unused:
                raise SystemExit(f"facts.txt says twice: {' '.join(key)}")
            self.unused[key] = value[0] if value else ""
        self.all = dict(self.unused)

    def of(self, api: str, operation: str, fact: str) -> str | None:
        self.unused.pop((api, operation, fact), None)
        return self.all.get((api, operation, fact))

    def without_model(self) -> list[dict]:
        """The operations that only `removed` lines know, since they carry their address."""
        found = []
        for (api, name, fact), value in self.all.items():
            if fact == "removed" and "|" in value:
                method, path = value.split("|")[1].split()
                parameters = [{"name": at, "in": "path", "required": True, "type": "string"}
                              for at in re.findall(r"{(\w+)}", path)]
                api_name, version = api.split("/")
                found.append(dict(api=api_name, version=version, name=name, method=method, path=path,
                                  parameters=parameters, roles=[], operation={}, model={}))
        return found


def later() -> list[dict]:
    """The operations of later.json, as `models.read` gives them."""
    roles = apis()
    found = []
    for api in json.loads((HERE / "later.json").read_text(encoding="utf-8"))["apis"]:
        named = [opening for name, opening in roles.values() if name == api["name"]]
        for path, item in api["paths"].items():
            for method, operation in item.items():
                found.append(dict(api=api["name"], version=api["version"], name=operation["operationId"],
                                  method=method.upper(), path=path, parameters=operation["parameters"],
                                  roles=named[0], operation=operation, model={}))
    return found
