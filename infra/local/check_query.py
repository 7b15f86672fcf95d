"""The promises of the tables, kept by an independent reader: DuckDB reads what our own program wrote.

A small lake is put into the emulator, copied as `make query` does, and asked. Amounts are exact, the newest version of
a record wins over days that are tables and days that are not, items that were taken away are gone, and a table of which
nothing landed can be asked as well.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from decimal import Decimal
from pathlib import Path

from emulator import Emulator
from lake import bring
from progress import GiveUp, step
from query import EXAMPLES, days, opened

BUCKET = "check-query"


def check_query(emulator: Emulator) -> None:
    """Fails with what differs."""
    with step("Read the tables with DuckDB"), tempfile.TemporaryDirectory() as name:
        s3, folder = emulator.client("s3"), Path(name)
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
        _put(s3, "orders", "2026-11-20", [_order("1", "PENDING", 10, 2), _order("2", "SHIPPED", 11, 1)])
        bring(s3, BUCKET, folder)
        days(folder)
        # As if `shape` had been here: that day is a table from now on.
        (folder / "now").rename(folder / "tables")
        for path in (folder / "tables").rglob("*.parquet"):
            s3.upload_file(str(path), BUCKET, str(path.relative_to(folder)))
        _put(s3, "orders", "2026-11-21", [_order("1", "SHIPPED", 12, 1), _order("3", "PENDING", 12, 1), "no record"])
        _put(s3, "settlements", "2026-11-21", [_settled("1", "95,00"), _settled("1", "1,234"), *_statements()])
        _put(s3, "finances", "2026-11-21", _transactions())
        copied = bring(s3, BUCKET, folder)
        if copied.objects < 6 or bring(s3, BUCKET, folder).fetched:
            raise GiveUp(f"The lake is copied again and again, or not at all: {copied}")
        days(folder)
        lake = opened(folder)
        _same(lake, "SELECT order_id, status, total, date FROM orders ORDER BY order_id",
              [("1", "SHIPPED", "19.9900", "2026-11-21"), ("2", "SHIPPED", "19.9900", "2026-11-20"),
               ("3", "PENDING", "19.9900", "2026-11-21")])
        _same(lake, "SELECT count(*) FROM orders_versions", [("4",)])
        _same(lake, "SELECT order_item_id FROM order_items ORDER BY 1", [("1-0",), ("2-0",), ("3-0",)])
        _same(lake, "SELECT amount, amount_raw, settlement_end FROM settlements WHERE settlement_id = '77' ORDER BY line",
              [("95.0000", "95,00", "2026-11-20 23:59:59"), ("None", "1,234", "2026-11-20 23:59:59")])
        _same(lake, "SELECT count(*) FROM vendorstock", [("0",)])
        _settlements(lake)
        kind = lake.sql("SELECT total, created_time FROM orders LIMIT 1").fetchall()[0]
        if not isinstance(kind[0], Decimal) or kind[1].tzinfo is not None:
            raise GiveUp(f"An amount is no decimal, or a time has a zone: {kind!r}")
        for question in EXAMPLES.values():
            lake.sql(question).fetchall()
        s3.delete_object(Bucket=BUCKET, Key=_key("settlements", "2026-11-21"))
        if bring(s3, BUCKET, folder).removed != 1:
            raise GiveUp("What was erased in the lake is still in its copy.")


def _key(domain: str, date: str) -> str:
    return f"records/domain={domain}/tenant=main/connection=c1/date={date}/w-00001.ndjson.gz"


def _put(s3, domain: str, date: str, records: list) -> None:
    text = "".join(json.dumps(_envelope(domain, record)) + "\n" if isinstance(record, dict) else f"{record}\n"
                   for record in records)
    s3.put_object(Bucket=BUCKET, Key=_key(domain, date), Body=gzip.compress(text.encode()))


def _envelope(domain: str, record: dict) -> dict:
    return {"tenant": "main", "connection": "c1", "seller": "A2SELLER", "marketplace": "ATVPDKIKX0DER", "domain": domain,
            "entity": domain, "key": _name(record), "updated_at": record.get("lastUpdatedTime"),
            "fetched_at": "2026-11-21T13:00:00.123Z", "operation": "o", "request_id": "r", "payload": record}


def _name(record: dict) -> str | None:
    return record.get("orderId") or record.get("transactionId")


def _order(number: str, status: str, hour: int, items: int) -> dict:
    return {"orderId": number, "createdTime": "2026-11-20T09:00:00Z", "lastUpdatedTime": f"2026-11-20T{hour}:00:00Z",
            "fulfillment": {"fulfillmentStatus": status},
            "proceeds": {"grandTotal": {"amount": "19.99", "currencyCode": "USD"}},
            "orderItems": [{"orderItemId": f"{number}-{item}", "quantityOrdered": 1} for item in range(items)]}


def _settled(order: str, amount: str) -> dict:
    return {"settlement-id": "77", "settlement-end-date": "20.11.2026 23:59:59 UTC", "order-id": order,
            "amount-description": "Principal", "amount": amount}


def _statements() -> list[dict]:
    """Three settlements, each of 100,00: one that agrees, one with a row that was changed, one with a transaction lost.
    The first has a reserve, which is a row without a transaction."""
    rows = []
    for number, amounts in (("81", ("130,00", "-40,00")), ("82", ("130,00", "-30,01")), ("83", ("130,00", "-30,00"))):
        rows.append({"settlement-id": number, "total-amount": "100,00", "currency": "EUR", "amount": ""})
        rows += [{"settlement-id": number, "amount-description": "Principal", "amount": amount} for amount in amounts]
    return [*rows, {"settlement-id": "81", "amount-description": "Current Reserve Amount", "amount": "10,00"}]


def _transactions() -> list[dict]:
    """Their transactions, payouts and a deferred one among them. One is told twice: the newer counts."""
    told = [("a", "81", "Shipment", "DEFERRED", 900), ("a", "81", "Shipment", "DEFERRED_RELEASED", 130),
            ("b", "81", "Refund", "RELEASED", -40), ("c", "81", "Transfer", "RELEASED", -100),
            ("d", "82", "Shipment", "RELEASED", 130), ("e", "82", "Refund", "RELEASED", -30),
            ("f", "83", "Shipment", "RELEASED", 130), ("g", None, "Refund", "DEFERRED", -30)]
    return [{"transactionId": name, "transactionType": kind, "transactionStatus": status,
             "totalAmount": {"currencyCode": "EUR", "currencyAmount": amount},
             "relatedIdentifiers": [{"relatedIdentifierName": "SETTLEMENT_ID", "relatedIdentifierValue": number}
                                    for number in [number] if number]}
            for name, number, kind, status, amount in told]


def _settlements(lake) -> None:
    """A settlement that agrees says nought, and whatever differs is told to the cent: a changed row, a lost transaction."""
    _same(lake, "SELECT settlement_id, total, rows_differ, transactions_differ, reserves, unread "
                "FROM settlement_check ORDER BY 1",
          [("77", "None", "None", "None", "0.0000", "1"), ("81", "100.0000", "0.0000", "0.0000", "10.0000", "0"),
           ("82", "100.0000", "0.0100", "0.0000", "0.0000", "0"), ("83", "100.0000", "0.0000", "-30.0000", "0.0000", "0")])


def _same(lake, question: str, rows: list[tuple]) -> None:
    found = [tuple(str(cell) for cell in row) for row in lake.sql(question).fetchall()]
    if found != rows:
        raise GiveUp(f"{question}\n  should give {rows}\n  and gives   {found}")
