"""Clues: everything that reaches the office, before it is a case."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.cases import Source
from inspector_app.domain.words import Word


class ClueState(Word):
    """What became of a clue; nothing leaves the register without one of the last four."""

    OPEN = "open", "待核查"
    FILED = "filed", "已立案"
    REFUSED = "refused", "不予受理"
    FORWARDED = "forwarded", "已转送"
    SETTLED = "settled", "已化解"
    DUPLICATE = "duplicate", "重复"


@dataclass(frozen=True, slots=True)
class Clue:
    """A reported matter; aggregate root of a county scope. Names as written by whoever reported."""

    id: str
    clue_no: str
    scope: str
    city: str
    source: Source
    received_on: date
    employer_name: str
    state: ClueState = ClueState.OPEN
    outside_no: str = ""  # number on the platform it was imported from
    credit_code: str = ""
    employer_address: str = ""
    project_name: str = ""
    cause: str = ""
    statement: str = ""
    workers: int | None = None
    amount_fen: int | None = None
    amount_written: str = ""
    period_from: str = ""  # YYYY-MM, wages owed from
    period_to: str = ""
    case_id: str | None = None
    concluded_on: date | None = None
    conclusion: str = ""
    reply: str = ""
    import_key: str = ""  # fingerprint of the imported row: the second import knows it again
    flags: tuple[str, ...] = ()  # sentences: what the import found odd and kept


@dataclass(frozen=True, slots=True)
class CluePerson:
    """Who reported: personal data, apart from the clue (监察条例 9: 保密), with its id."""

    id: str
    clue_id: str
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    note: str = ""  # whatever else a list said of the person
    confidential: bool = True
