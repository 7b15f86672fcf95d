"""The promise of backup.py, kept on the emulator: a stack's rows come back in an empty one, and its tokens open."""

from __future__ import annotations

import tempfile
from pathlib import Path

from backup import TABLES, backup, restore
from contract import create_tables
from emulator import Emulator
from progress import GiveUp, step

CONTEXT = {"tenant": "main", "connection": "c1", "generation": "1", "purpose": "refresh"}
ROWS = 60
"""More than one write holds."""


def check_backup(emulator: Emulator) -> None:
    """Fails with what differs."""
    with step("Restore a backup into an empty stack"):
        dynamodb, kms = emulator.client("dynamodb"), emulator.client("kms")
        for stack in ("before", "after"):
            create_tables(emulator, stack)
        key = kms.create_key()["KeyMetadata"]["Arn"]
        sealed = kms.encrypt(KeyId=key, Plaintext=b"Atzr|CANARY-backup", EncryptionContext=CONTEXT)["CiphertextBlob"]
        for table in TABLES:
            for number in range(ROWS if table == "connections" else 2):
                dynamodb.put_item(TableName=f"before-{table}", Item={
                    "pk": {"S": "T#main"}, "sk": {"S": f"C#{number:03}"}, "rev": {"N": "7"},
                    "sealed": {"B": sealed}, "nothing": {"NULL": True}, "list": {"L": [{"N": "1.5"}, {"S": "日本"}]},
                })
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.jsonl"
            saved = backup(dynamodb, "before", file)
            if file.stat().st_mode & 0o077:
                raise GiveUp("Others can read the backup.")
            if "CANARY-backup" in file.read_text():
                raise GiveUp("A token lies open in the backup.")
            if restore(dynamodb, "after", file) != saved or restore(dynamodb, "after", file) != saved:
                raise GiveUp("A restore must put back every row, and doing it twice must change nothing.")
            for table in TABLES:
                if _rows(dynamodb, f"before-{table}") != _rows(dynamodb, f"after-{table}"):
                    raise GiveUp(f"The rows of {table} differ after the restore.")
            item = dynamodb.get_item(TableName="after-connections", Key={"pk": {"S": "T#main"}, "sk": {"S": "C#000"}})
            opened = kms.decrypt(CiphertextBlob=item["Item"]["sealed"]["B"], EncryptionContext=CONTEXT)
            if opened["Plaintext"] != b"Atzr|CANARY-backup":
                raise GiveUp("A restored token does not open.")
            dynamodb.put_item(TableName="after-connections", Item={"pk": {"S": "T#other"}, "sk": {"S": "C#x"}})
            _refuses(lambda: restore(dynamodb, "after", file), "not empty")
            file.write_text(file.read_text()[:-40])
            _refuses(lambda: restore(dynamodb, "before", file), "cut off")
            file.write_text("hello\n")
            _refuses(lambda: restore(dynamodb, "before", file), "not a backup")


def _rows(dynamodb, table: str) -> list:
    items = dynamodb.scan(TableName=table)["Items"]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def _refuses(action, what: str) -> None:
    try:
        action()
    except GiveUp:
        return
    raise GiveUp(f"A backup that is {what} was restored.")
