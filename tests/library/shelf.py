"""A copy of the office's data files that a test may break."""

import shutil
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from inspector_app.library.check import LibraryProblem, check_library
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir

TERMS = "resources/law/terms.toml"
STATUTES = "resources/law/statutes.toml"
TRIGGERS = "resources/law/triggers.toml"
CONSTRUCTION_LAW = "resources/law/violations/construction.toml"
EVIDENCE = "resources/law/evidence.toml"
THRESHOLDS = "resources/law/thresholds.toml"
DEPOSITS = "resources/law/deposits.toml"
WAGES = "resources/law/minimum_wage.toml"
LIABILITY = "resources/law/liability.toml"
REMEDIES = "resources/law/remedies.toml"
SERVICE = "resources/law/service.toml"
CONFLICTS = "resources/law/henan_conflicts.toml"
CALENDAR = "resources/calendar/working_days.toml"
SETTINGS = "resources/settings/settings.toml"
DIVISIONS = "resources/divisions/pingdingshan.toml"
CONSTRUCTION = "forms/checklists/construction.toml"

KEPT = (
    "forms",
    "resources/archive",
    "resources/calendar",
    "resources/divisions",
    "resources/law",
    "resources/review",
    "resources/settings",
)


def copied_office(folder: Path) -> Path:
    """Forms and law as they are shipped, in a folder of the test's own."""
    for part in KEPT:
        shutil.copytree(office_dir() / part, folder / part)
    return folder


def edit(office: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence; a text that is not there is a mistake of the test."""
    path = office / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(office: Path, file: str, text: str) -> None:
    """Add rows at the end of a file."""
    path = office / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def refusal(office: Path, part: str) -> str:
    """The sentence with which a part of the library refuses to load."""
    with pytest.raises(UserError) as caught:
        getattr(Library(office), part)
    return caught.value.message


def problems(office: Path, kind: str) -> list[LibraryProblem]:
    """What the check says about one kind of thing."""
    return [one for one in check_library(office) if one.kind == kind]
