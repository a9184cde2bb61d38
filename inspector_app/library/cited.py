"""Every place of the law that the data files cite, with the rule that cites it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from inspector_app.domain.law import Citation, read_citation
from inspector_app.errors import UserError

KEYS = ("articles", "breaches", "penalties", "basis", "conversion")
NAMES = ("id", "code", "short", "method")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """One citation of one rule or check item."""

    rule: str
    citation: Citation


def cited_places(office: Path) -> list[CitedPlace]:
    """Citations of the rule pack and the checklists, each once per rule, in file order."""
    files = chain(
        sorted((office / "resources/law").rglob("*.toml")),
        sorted((office / "forms/checklists").glob("*.toml")),
    )
    tables = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    return list(dict.fromkeys(chain.from_iterable(_places(table, "") for table in tables)))


def _places(value: object, rule: str) -> Iterator[CitedPlace]:
    if isinstance(value, list):
        for one in value:
            yield from _places(one, rule)
    elif isinstance(value, dict):
        rule = next((str(value[name]) for name in NAMES if name in value), rule)
        for key, part in value.items():
            if key in KEYS and isinstance(part, list) and all(isinstance(t, str) for t in part):
                yield from _read(part, rule)
            else:
                yield from _places(part, rule)


def _read(texts: list[str], rule: str) -> Iterator[CitedPlace]:
    """What is no citation is the loader's to refuse."""
    for text in texts:
        try:
            yield CitedPlace(rule, read_citation(text))
        except UserError:
            continue
