"""Writes operations as Rust constants: facts only, in a fixed order, a line for each parameter."""

from __future__ import annotations

import re

HEAD = """\
//! Every operation of the Selling Partner API. Written by `make catalogue`: change its tables, not this.
//!
//! Source: Amazon's models (amzn/selling-partner-api-models) and the tables in `infra/catalogue`.

use super::{Access, Api, Body, Filters, Life, Method, Operation, PLAIN, Pages, Role, Via};
use jiff::civil::date;

"""
CHARS = re.compile(r"\^\[(.+)\][*+]\$")
LONGEST_CHOICE = 400


def rust(found: list[dict]) -> str:
    """The whole file."""
    # Where names are equal, POST comes before PUT and the older version before the newer.
    found = sorted(found, key=lambda one: (one["name"], one["api"], age(one["version"]), one["method"]))
    names = [shout(one["name"]) for one in found]
    constants = {}
    for one in found:
        same_api = [other for other in found if (other["name"], other["api"], other["version"])
                    == (one["name"], one["api"], one["version"])]
        constant = shout(one["name"])
        if names.count(constant) > 1:
            constant += "_" + shout(one["api"]) + "_" + shout(one["version"])
        if len(same_api) > 1:
            constant += "_" + one["method"]
        if constant in constants:
            raise SystemExit(f"two constants would be called {constant}")
        constants[constant] = one
    apis = sorted({(one["api"], one["version"]) for one in found})
    text = [HEAD]
    for name, version in apis:
        value = f'&Api {{ name: "{name}", version: "{version}" }}'
        text.append(f"const {api_constant(name, version)}: &Api = {value};\n")
    for constant, one in constants.items():
        text.append("\n" + constant_text(constant, one))
    text.append("\n/// All of them, by name.\n")
    text.append(f"pub(super) static OPERATIONS: [Operation; {len(constants)}] = [\n")
    text += [f"    {constant},\n" for constant in constants]
    text.append("];\n")
    return "".join(text)


def constant_text(constant: str, one: dict) -> str:
    fields = [
        f'name: "{one["name"]}"', f'api: {api_constant(one["api"], one["version"])}',
        f'method: Method::{one["method"].capitalize()}', f'path: "{one["path"]}"',
        f'reads: {str(one["reads"]).lower()}', f'rate: {one["plan"][0]!r}', f'burst: {one["plan"][1]}']
    if one["body"] != "Absent":
        fields.append(f'body: Body::{one["body"]}')
    if one["roles"]:
        fields.append("roles: &[" + ", ".join("Role::" + role_name(role) for role in one["roles"]) + "]")
    if one["ceiling"]:
        fields.append(f'ceiling: Some({one["ceiling"]})')
    fields += access(one) + life(one)
    if one["sandbox_only"]:
        fields.append("sandbox_only: true")
    if one["pages"]:
        page = one["pages"]
        fields.append(f'pages: Some(&Pages {{ find: "{page["find"]}", via: {page["via"]}, '
                      f'filters: Filters::{page["filters"]} }})')
    lines = [parameter(each, one["twice"]) for each in one["parameters"] if each["in"] != "body"]
    if lines:
        lines = [line.replace("\\", "\\\\") for line in lines]
        fields.append('parameters: "' + "\\n\\\n        ".join(lines) + '"')
    body = "".join(f"    {field},\n" for field in fields)
    return (f'/// `{one["name"]}` of `{one["api"]}/{one["version"]}`.\n'
            f"pub const {constant}: Operation = Operation {{\n{body}    ..PLAIN\n}};\n")


def access(one: dict) -> list[str]:
    if one["grantless"]:
        return [f'access: Access::Grantless("{one["grantless"]}")']
    if one["restricted"] is None:
        return []
    kind, _, value = one["restricted"].partition(" ")
    if kind == "elements":
        return [f'access: Access::RestrictedElements(&{quoted(value.split(","))})']
    return ["access: Access::" + ("RestrictedReports" if kind == "reports" else "Restricted")]


def life(one: dict) -> list[str]:
    kind, value = ("Removed", one["removed"]) if one["removed"] else ("Ends", one["ends"])
    if not value:
        return []
    day, successor = value.split("|")[0].strip().split(maxsplit=1)
    if day == "-":
        return [f'life: Life::Superseded {{ successor: "{successor}" }}']
    year, month, number = (int(part) for part in day.split("-"))
    return [f'life: Life::{kind} {{ on: date({year}, {month}, {number}), successor: "{successor}" }}']


def parameter(each: dict, twice: str | None) -> str:
    """`query includedData list:text one=BUYER|RECIPIENT`; an exclamation mark after the name: required."""
    inner = each.get("items", {}) if each["type"] == "array" else each
    kind = {"integer": "int", "number": "number", "boolean": "flag"}.get(inner.get("type"), "text")
    kind = {"date-time": "time", "date": "date", "boolean": "flag"}.get(inner.get("format"), kind)
    if each["type"] == "array":
        style = each.get("collectionFormat", "csv")
        kind = {"csv": "list:", "multi": "multi:"}[style] + kind
    words = [each["in"], each["name"] + ("!" if each.get("required") else ""), kind]
    words += span("n", each, "minItems", "maxItems") + span("len", inner, "minLength", "maxLength")
    words += span("span", inner, "minimum", "maximum")
    # A misplaced list of choices (`items` beside a plain string) is meant all the same.
    choices = [str(choice) for choice in inner.get("enum") or each.get("items", {}).get("enum", [])]
    if choices and len("|".join(choices)) <= LONGEST_CHOICE:
        words.append("one=" + "|".join(choices))
    # Other patterns are left to Amazon.
    chars = CHARS.fullmatch(inner.get("pattern", ""))
    if chars:
        words.append("chars=" + chars[1].replace("\\-", "-"))
    if each.get("x-amazon-spds-greedy-path-parameter"):
        words.append("slashes")
    if each["name"] == twice:
        words.append("twice")
    return " ".join(words)


def span(word: str, schema: dict, least: str, most: str) -> list[str]:
    low, high = schema.get(least), schema.get(most)
    if low is None and high is None:
        return []
    return [f"{word}={'' if low is None else low}..{'' if high is None else high}"]


def age(version: str) -> tuple[bool, str]:
    """`v0`, `v1` and `v2` are older than dates."""
    return (version.startswith("2"), version)


def shout(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", "_", name)).upper()


def api_constant(name: str, version: str) -> str:
    return f"API_{shout(name)}_{shout(version)}"


def role_name(role: str) -> str:
    return role.title().replace(" ", "")


def quoted(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
