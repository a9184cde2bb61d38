"""What the import page is opened for: which list, from which file, into which case."""

from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".htm", ".html")


@dataclass(frozen=True, slots=True)
class ImportAsk:
    """`kind` is clues, cases, workers …; a roster or payment list belongs to `case_id`."""

    kind: str = "cases"
    path: Path | None = None
    case_id: str = ""
    case_words: str = ""
