"""Reads remedies.toml and henan_conflicts.toml: how a paper is contested, what is never applied."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.law import Statute
from inspector_app.domain.rules import LocalConflict, Remedy
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, table


def load_remedies(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Remedy]:
    """Remedies by id."""

    def read(row: Row) -> Remedy:
        return Remedy(
            id=row.text("id"),
            paper=row.text("paper"),
            name=row.text("name"),
            review_term=row.text("review_term"),
            suit_term=row.text("suit_term"),
            review_first=row.flag("review_first"),
            review_body=row.text("review_body", ""),
            setting=row.text("setting", ""),
            basis=basis(row, statutes),
        )

    return table(office, "resources/law/remedies.toml", "remedy", read)


def load_conflicts(office: Path, statutes: Mapping[str, Statute]) -> dict[str, LocalConflict]:
    """Henan clauses that contradict superior law, by id; a row that would apply one is refused."""

    def read(row: Row) -> LocalConflict:
        if row.flag("enabled"):
            raise row.wrong("与上位法不一致的条款只作提示，不能启用", "enabled")
        return LocalConflict(
            id=row.text("id"),
            name=row.text("name"),
            local_says=row.text("local_says"),
            national_says=row.text("national_says"),
            advice=row.text("advice"),
            basis=basis(row, statutes),
        )

    return table(office, "resources/law/henan_conflicts.toml", "conflict", read)
