"""Runs whole days of the demonstration and reads back what they made."""

import io
import json
import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from pypdf import PdfReader

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.cli.parts import Painter
from inspector_app.errors import OutsideError
from inspector_app.library.office import office_dir
from tests.helpers.pdftext import text_of

SOURCE = office_dir() / "resources" / "demo"
A4 = (595.28, 841.89)


def no_pictures() -> Painter:
    """A machine on which Qt cannot be loaded."""
    raise OutsideError("没有窗口界面", kind="qt_libraries")


@dataclass(frozen=True)
class DayDone:
    """The folder a demonstration day filled."""

    out: Path

    @cached_property
    def summary(self) -> dict[str, Any]:
        """summary.json."""
        read: dict[str, Any] = json.loads((self.out / "summary.json").read_text(encoding="utf-8"))
        return read

    def paper(self, kind: str) -> Path:
        """The PDF of the first paper of that kind."""
        return self.out / next(p["file"] for p in self.summary["papers"] if p["kind"] == kind)

    def text(self, kind: str) -> str:
        """What can be copied out of that paper, without blanks."""
        return text_of(self.paper(kind))

    def cells(self, name: str) -> list[list[Any]]:
        """All cells of the first sheet of a workbook."""
        book = openpyxl.load_workbook(self.out / name)
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def run_day(out: Path, source: Path = SOURCE) -> DayDone:
    """One day through the command line, without pictures."""
    code = run(["demo", "--out", str(out), "--source", str(source)], replace(
        parts(), painter=no_pictures
    ))  # fmt: skip
    assert code == 0
    return DayDone(out)


def changed_source(folder: Path, old: str, new: str) -> Path:
    """The demonstration list with one cell written otherwise."""
    shutil.copytree(SOURCE, folder)
    clues = folder / "clues.csv"
    text = clues.read_text(encoding="utf-8-sig")
    assert text.count(old) == 1, f"“{old}” should stand in the list exactly once"
    clues.write_text(text.replace(old, new), encoding="utf-8-sig")
    return folder


def reader(path: Path) -> PdfReader:
    """The pages of a PDF."""
    return PdfReader(io.BytesIO(path.read_bytes()))
