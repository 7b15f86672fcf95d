"""`make query`: the lake in DuckDB. Q="select …" runs that; without it four examples run, and PICTURES=<folder> writes
what they answer as a page.

Copies what is new in the lake to `.local/lake`, reads days that are not tables yet with the same program that makes
the tables, and opens all of it as the tables of docs/tables.md: `orders` and so on are the newest version of each
record, `orders_versions` all that were fetched. DuckDB needs no network for any of this.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import duckdb

import pictures
from build import ROOT
from lake import copy
from progress import GiveUp, run_program, step

VIEWS = ROOT / "docs" / "views.sql"
ROWS = 40
"""Rows shown of a result."""
FOLDER = "hive_types = {'date': DATE, 'tenant': VARCHAR, 'connection': VARCHAR}"

EXAMPLES = {
    "Sales by day": """
SELECT cast(created_time AS date) AS sold_on, marketplace_id, count(DISTINCT order_id) AS orders,
       sum(quantity_ordered) AS units, sum(proceeds_total) AS sales, proceeds_total_currency AS currency
FROM order_items WHERE status <> 'CANCELLED'
GROUP BY ALL ORDER BY sold_on DESC, marketplace_id LIMIT 14""",
    "Stock by SKU": """
SELECT sku, marketplace, product_name, fulfillable_quantity AS sellable, reserved_quantity AS reserved,
       inbound_working_quantity + inbound_shipped_quantity + inbound_receiving_quantity AS inbound,
       unfulfillable_quantity AS unsellable
FROM inventory ORDER BY sellable DESC NULLS LAST, sku LIMIT 14""",
    "Settlement totals against rows and transactions": """
SELECT settlement_id, settlement_end, currency, total, rows_differ, transactions_total, transactions, transactions_differ, unread
FROM settlement_check ORDER BY settlement_end DESC, settlement_id LIMIT 14""",
    "Settlement against orders": """
WITH paid AS (SELECT order_id, settlement_id, sum(amount) AS settled,
                     sum(amount) FILTER (amount_description = 'Principal') AS principal
              FROM settlements WHERE order_id IS NOT NULL GROUP BY ALL),
     sold AS (SELECT order_id, any_value(items_total) AS ordered, any_value(total_currency) AS currency
              FROM orders GROUP BY ALL)
SELECT paid.settlement_id, paid.order_id, sold.ordered, paid.principal, paid.settled,
       sold.ordered - paid.settled AS kept_by_amazon, sold.currency
FROM paid LEFT JOIN sold USING (order_id) ORDER BY paid.order_id LIMIT 14""",
}


def main() -> None:
    copied = copy()
    print(f"    {copied.fetched} of {copied.objects} objects are new, {copied.removed} are gone")
    if copied.objects == 0:
        raise GiveUp("Nothing has landed yet. Connect a seller (the page that `make run` prints); the first orders "
                     "land within a minute or two. Then run `make query` again.")
    with step("Read the days that are not tables yet"):
        days(copied.folder)
    lake = opened(copied.folder)
    if question := os.environ.get("Q", "").strip():
        show(lake, question)
        return
    answers = []
    for title, question in EXAMPLES.items():
        print(f"\n{title}\n{question}\n")
        answers.append((title, question, *show(lake, question)))
    if folder := os.environ.get("PICTURES", "").strip():
        pictures.write(Path(folder), answers)
        print(f"\nWritten: {folder}/query.md and its pictures.")
    print('\nAsk your own: make query Q="SELECT status, count(*) FROM orders GROUP BY status". '
          "docs/tables.md lists tables and columns.")


def days(folder: Path) -> None:
    """Makes rows of the days in `folder` that have none yet, as the function `shape` would."""
    command = ["cargo", "run", "--quiet", "--locked", "--package=sellerport-tables", "--bin=tables", "--", "days",
               str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise GiveUp(f"The days could not be read, and nothing was changed:\n{ended.stderr[-1500:]}")


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """The lake with all its tables and views."""
    lake = duckdb.connect(":memory:")
    # Parquet is built in; nothing is ever installed or loaded from elsewhere.
    lake.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    for columns in sorted((folder / "columns").glob("*.parquet")):
        lake.execute(f'CREATE VIEW {columns.stem}_versions AS {source(folder, columns)}')
    lake.execute(VIEWS.read_text())
    return lake


def source(folder: Path, columns: Path) -> str:
    """All rows of a table. An empty file of it has its columns, so that a table without rows can be asked too."""
    table, parts = columns.stem, []
    for place in ("tables", "now"):
        if next((folder / place / table).rglob("*.parquet"), None):
            files = str(folder / place / table / "**" / "*.parquet").replace("'", "''")
            parts.append(f"SELECT * FROM read_parquet('{files}', hive_partitioning = true, union_by_name = true, {FOLDER})")
    empty = str(columns).replace("'", "''")
    return " UNION ALL BY NAME ".join([f"SELECT *, CAST(NULL AS DATE) AS date FROM read_parquet('{empty}')", *parts])


def show(lake: duckdb.DuckDBPyConnection, question: str) -> tuple[list[str], list[tuple], str]:
    """Runs a statement and prints its rows; returns its columns, those rows, and what was printed of them."""
    try:
        answer = lake.sql(question)
        if answer is None:
            print("Done.")
            return [], [], ""
        names, rows = answer.columns, answer.limit(ROWS + 1).fetchall()
    except duckdb.Error as error:
        raise GiveUp(f"DuckDB refused the question: {error}") from error
    printed = text(names, rows[:ROWS]) if rows else "No rows: nothing of this has landed yet."
    print(printed)
    if len(rows) > ROWS:
        print(f"… the first {ROWS} rows; add LIMIT and ORDER BY to choose others.")
    return names, rows[:ROWS], printed


def text(names: list[str], rows: list[tuple]) -> str:
    """Rows as columns of text."""
    cells = [names, *(["" if cell is None else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[number]) for row in cells) for number in range(len(names))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


if __name__ == "__main__":
    run_program(main)
