"""Reads a report or pages of orders as a Python program would, and writes the rows as lines of JSON; measured by
`make documents`. Each way is the one its library's documentation gives, with quotes switched off, since Amazon's
reports have none; pandas reads in pieces, since a whole report takes gigabytes there."""

from __future__ import annotations

import gzip
import json
import sys

CHUNK = 100_000
"""Rows that pandas holds at once."""


def csv_rows(file: str) -> int:
    import csv

    rows = 0
    with gzip.open(file, "rt", encoding="utf-8", newline="") as report:
        for row in csv.DictReader(report, delimiter="\t", quoting=csv.QUOTE_NONE):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            rows += 1
    return rows


def pandas_rows(file: str) -> int:
    import csv

    import pandas

    rows = 0
    pieces = pandas.read_csv(file, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE, chunksize=CHUNK)
    for piece in pieces:
        piece.to_json(sys.stdout, orient="records", lines=True, force_ascii=False)
        rows += len(piece)
    return rows


def polars_rows(file: str) -> int:
    import polars

    frame = polars.read_csv(file, separator="\t", quote_char=None, infer_schema=False, missing_utf8_is_empty_string=True)
    frame.write_ndjson(sys.stdout.buffer)
    return len(frame)


def json_rows(file: str) -> int:
    rows = 0
    with open(file, "rb") as pages:
        for page in pages:
            for order in json.loads(page)["orders"]:
                rows += bool(order["orderId"])
                sys.stdout.write(json.dumps(order, ensure_ascii=False) + "\n")
    return rows


def orjson_rows(file: str) -> int:
    import orjson

    rows = 0
    with open(file, "rb") as pages:
        for page in pages:
            for order in orjson.loads(page)["orders"]:
                rows += bool(order["orderId"])
                sys.stdout.buffer.write(orjson.dumps(order) + b"\n")
    return rows


READERS = {"csv": csv_rows, "pandas": pandas_rows, "polars": polars_rows, "json": json_rows, "orjson": orjson_rows}

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps({"rows": READERS[sys.argv[1]](sys.argv[2])}), file=sys.stderr)
