"""Copies a ledger while it is in use; the copy is complete and of one moment."""

import os
from pathlib import Path

from sqlalchemy import Engine

from inspector_app.errors import OutsideError
from inspector_app.ledger.trouble import outside


def copy_into(engine: Engine, target: Path) -> Path:
    """Write a copy (with the same key) to `target`, whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(f"备份写不进 {target.parent}，请换一个位置。", kind="disk") from error
    try:
        with outside():
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("VACUUM INTO ?", (str(part),))
            finally:
                connection.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
