"""What the import page is opened for: which list, from which file, into which case."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".htm", ".html")


@dataclass(frozen=True, slots=True)
class ImportAsk:
    """`kind` is clues, cases, workers …; a roster or payment list belongs to `case_id`."""

    kind: str = "cases"
    path: Path | None = None
    case_id: str = ""
    case_words: str = ""


def dropped_list(data: QMimeData) -> Path | None:
    """The first file of a drop that can be a list; None when there is none."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((one for one in paths if one.suffix.lower() in ENDINGS), None)
