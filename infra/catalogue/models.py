"""Reads Amazon's models (Swagger 2.0) into plain dictionaries, one for each operation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import tables

METHODS = ("get", "put", "post", "delete", "patch")
PLAN = re.compile(r"^\|\s*(?:Default\s*\|\s*)?([\d.]+)\s*\|\s*([\d.]+)\s*\|", re.MULTILINE)
TOKEN = re.compile(r"(next|page|pagination|nextPage)Token(ForLineItems)?", re.IGNORECASE)
ANSWER_TOKENS = ("nextToken", "NextToken", "nextPageToken", "nextTokenForLineItems", "pageToken")
ANSWER_DEPTH = 3


def read(folder: Path) -> list[dict]:
    """Every operation of every model of the folder. Stops at a model that apis.txt does not know."""
    known, found = tables.apis(), []
    for file in sorted(folder.glob("*.json")):
        model = json.loads(file.read_text(encoding="utf-8"))
        if model.get("swagger") != "2.0":
            continue
        if file.stem not in known:
            raise SystemExit(f"{file.name} is new: give it a name and its roles in apis.txt")
        api, roles = known[file.stem]
        for path, item in model["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = item[method]
                    shared = item.get("parameters", []) + operation.get("parameters", [])
                    found.append(dict(
                        api=api, version=model["info"]["version"], name=operation["operationId"],
                        method=method.upper(), path=model.get("basePath", "").rstrip("/") + path, roles=roles,
                        parameters=[resolve(model, one) for one in shared], operation=operation, model=model))
    return found


def resolve(model: dict, value: dict) -> dict:
    """What a reference points to, else the value itself."""
    while "$ref" in value:
        place = model
        for step in value["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        value = place
    return value


def plan(operation: dict) -> tuple[float, int] | None:
    """Rate and burst from the table in the description."""
    row = PLAN.search(operation.get("description", "").replace("\\n", "\n"))
    return (float(row[1]), int(float(row[2]))) if row else None


def token_parameter(parameters: list[dict]) -> str | None:
    """The query parameter that takes a page's token."""
    named = [one["name"] for one in parameters if one["in"] == "query" and TOKEN.fullmatch(one["name"])]
    return named[0] if named else None


def token_field(model: dict, operation: dict) -> str | None:
    """Where an answer holds the next page's token, as `payload.pagination.nextToken`."""
    for status in ("200", "202"):
        schema = operation.get("responses", {}).get(status, {}).get("schema")
        found = schema and search(model, schema, ANSWER_DEPTH)
        if found:
            return found
    return None


def search(model: dict, schema: dict, depth: int) -> str | None:
    fields = properties(model, schema)
    for name in ANSWER_TOKENS:
        if name in fields:
            return name
    for name in ("pagination", "payload"):
        below = search(model, fields[name], depth - 1) if name in fields and depth > 1 else None
        if below:
            return f"{name}.{below}"
    return None


def properties(model: dict, schema: dict) -> dict:
    """The fields of a schema, those of its parts included."""
    schema = resolve(model, schema)
    fields = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        fields |= properties(model, part)
    return fields
