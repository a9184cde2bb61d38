"""Who sits at this PC: kept beside the ledger, not in it, for it is the PC's own matter."""

import json
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import OutsideError

FILE = "station.json"


@dataclass(frozen=True, slots=True)
class Station:
    """The inspector who uses this PC."""

    user_id: str = ""
    name: str = ""


def load(folder: Path) -> Station:
    """Who was chosen last; nobody when the file is absent or damaged."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Station()
    if not isinstance(data, dict):
        return Station()
    return Station(str(data.get("user_id", "")), str(data.get("name", "")))


def save(folder: Path, station: Station) -> None:
    """Remember who sits here; written beside and moved over, so that it is never half a file."""
    text = json.dumps({"user_id": station.user_id, "name": station.name}, ensure_ascii=False)
    fresh = folder / f"{FILE}.new"
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / FILE)
    except OSError as error:
        raise OutsideError(f"本机设置没有存下来：{error.strerror}。") from error
