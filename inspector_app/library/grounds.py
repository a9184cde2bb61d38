"""Reads grounds.toml: articles that a proposal cites beside figures, violations and terms."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.law import Basis, Statute
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, table

FILE = "resources/law/grounds.toml"


def load_grounds(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Basis]:
    """What each sort of sentence stands on, by the id of its row."""

    def read(row: Row) -> Basis:
        row.text("name")
        row.text("id")
        return basis(row, statutes)

    return table(office, FILE, "ground", read)
