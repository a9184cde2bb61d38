"""Reads resources/law/violations/: unlawful acts, who is liable and what follows."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.law import Fine, FinePer, Liable, Multiple, Statute, Violation
from inspector_app.errors import UserError
from inspector_app.library.law import basis, printed
from inspector_app.library.rows import Row, table

FEN = 100


def load_violations(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Violation]:
    """Violations by code, from every file of resources/law/violations/ in name order."""
    found: dict[str, Violation] = {}
    for path in sorted((office / "resources/law/violations").glob("*.toml")):
        file = f"resources/law/violations/{path.name}"
        read = table(office, file, "violation", lambda row: _violation(row, statutes), key="code")
        twice = sorted(read.keys() & found.keys())
        if twice:
            raise UserError(f"{file} {twice[0]}：“code”重复", kind="library")
        found |= read
    return found


def _violation(row: Row, statutes: Mapping[str, Statute]) -> Violation:
    per = row.word("per", FinePer, FinePer.CASE)
    breaches = printed(row, "breaches", statutes)
    penalties = printed(row, "penalties", statutes)
    if not (breaches or penalties):
        raise row.wrong("违反的条款和罚则不能都为空")
    return Violation(
        code=row.text("code"),
        name=row.text("name"),
        liable=tuple(_liable(row, code) for code in row.texts("liable")),
        breaches=breaches,
        penalties=penalties,
        order_first=row.flag("order_first"),
        triggers=row.texts("triggers"),
        evidence=row.texts("evidence"),
        basis=basis(row, statutes, "breaches", "penalties"),
        unit_fine=row.maybe("unit_yuan", lambda key: _fine(row, key, per)),
        person_fine=row.maybe("person_yuan", lambda key: _fine(row, key, FinePer.CASE)),
        multiple=row.maybe("percent", lambda key: _multiple(row, key)),
        stop_work=row.flag("stop_work"),
        note=row.text("note", ""),
    )


def _liable(row: Row, code: str) -> Liable:
    for member in Liable:
        if member.value == code:
            return member
    raise row.wrong(f"“liable”写的是“{code}”，没有这种责任主体", "liable")


def _span(row: Row, key: str) -> tuple[int, int]:
    low, high = row.pair(key)
    if not 0 <= low <= high:
        raise row.wrong(f"“{key}”的下限应不高于上限", key)
    return low, high


def _fine(row: Row, key: str, per: FinePer) -> Fine:
    low, high = _span(row, key)
    return Fine(low * FEN, high * FEN, per)


def _multiple(row: Row, key: str) -> Multiple:
    low, high = _span(row, key)
    return Multiple(low, high, row.text("percent_of"))
