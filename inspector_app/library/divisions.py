"""Reads resources/divisions/: the city this office belongs to and its counties."""

from pathlib import Path

from inspector_app.domain.law import Division, DivisionLevel
from inspector_app.library.rows import Row, by_id, read_toml

FILE = "resources/divisions/pingdingshan.toml"


def load_divisions(office: Path) -> dict[str, Division]:
    """The city first, then its counties, by six-digit code."""
    return _read(office, "division")


def load_former_divisions(office: Path) -> dict[str, Division]:
    """Abolished codes that still head identity numbers; the note says what they are now."""
    return _read(office, "former")


def load_prefectures(office: Path) -> dict[str, Division]:
    """The cities of the province, for matters that are passed on."""
    return _read(office, "prefecture")


def _read(office: Path, part: str) -> dict[str, Division]:
    top = read_toml(office, FILE)
    return by_id(top.rows(part, "code"), _division, key="code")


def _division(row: Row) -> Division:
    code = row.text("code")
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise row.wrong("“code”应为六位数字")
    level = DivisionLevel.CITY if code.endswith("00") else DivisionLevel.COUNTY
    return Division(code, row.text("name"), level, row.text("note", ""))
