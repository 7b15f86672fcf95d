"""The examples of `make query` as a page with pictures: `PICTURES=docs make query` writes docs/query.md anew.

A picture is SVG of bars, drawn from the same rows that stand below it, so that what the page shows is what was asked.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

BAR, GAP, LABEL, WIDTH = 18, 6, 230, 780
"""Of a picture, in pixels: a bar's height, the space between two, the names' column, the whole."""
FIRST, SECOND = "#2f6f8f", "#c98b2b"

INTRODUCTION = """# Asking the lake

`make query` opens the landed data in DuckDB and asks these questions; `make query Q="select …"` asks yours. The tables
and their columns are in [tables.md](tables.md). The answers below are of the simulated seller that `make run` connects
with all its domains; `PICTURES=docs make query` writes this page anew from what has landed then.
"""


def write(folder: Path, answers: list[tuple[str, str, list[str], list[tuple], str]]) -> None:
    """The page, and a picture for each answer: (title, question, columns, rows, the rows as text)."""
    parts = [INTRODUCTION]
    for title, question, columns, rows, text in answers:
        name = f"query-{title.lower().replace(' ', '-')}.svg"
        (folder / name).write_text(picture(title, columns, rows), encoding="utf-8")
        parts.append(f"## {title}\n\n![{title}]({name})\n\n```sql\n{question.strip()}\n```\n\n```text\n{text}\n```\n")
    (folder / "query.md").write_text("\n".join(parts), encoding="utf-8")


def picture(title: str, columns: list[str], rows: list[tuple]) -> str:
    """Bars of the two columns that the title's question is about, a row each."""
    names, first, second = AXES[title]
    shown = []
    for row in rows:
        held = dict(zip(columns, row))
        shown.append((" ".join(str(held[name]) for name in names), held[first], held[second]))
    most = max((float(value or 0) for _, *values in shown for value in values), default=1.0) or 1.0
    height = 30 + len(shown) * (2 * BAR + GAP)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" role="img" '
             f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
             f'<text x="{LABEL}" y="18" fill="{FIRST}">■ {escape(words(first))}</text>',
             f'<text x="{LABEL + 180}" y="18" fill="{SECOND}">■ {escape(words(second))}</text>']
    for number, (label, *values) in enumerate(shown):
        top = 30 + number * (2 * BAR + GAP)
        lines.append(f'<text x="{LABEL - 8}" y="{top + BAR + 4}" text-anchor="end" fill="#333">{escape(label)}</text>')
        for row, (value, colour) in enumerate(zip(values, (FIRST, SECOND))):
            long = (WIDTH - LABEL - 90) * max(float(value or 0), 0.0) / most
            y = top + row * BAR
            lines.append(f'<rect x="{LABEL}" y="{y}" width="{long:.1f}" height="{BAR - 2}" fill="{colour}"/>')
            lines.append(f'<text x="{LABEL + long + 6:.1f}" y="{y + BAR - 5}" fill="#333">{escape(str(value))}</text>')
    return "\n".join([*lines, "</svg>", ""])


def words(column: str) -> str:
    """A column's name for people."""
    return column.replace("_", " ")


AXES = {
    "Sales by day": (("sold_on", "marketplace_id"), "orders", "units"),
    "Stock by SKU": (("sku", "marketplace"), "sellable", "reserved"),
    "Settlement totals against rows and transactions": (("settlement_id", "currency"), "total", "transactions_total"),
    "Settlement against orders": (("order_id",), "ordered", "settled"),
}
"""Of each example: the columns that name a row, and the two that its bars show."""
