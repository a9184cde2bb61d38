"""What happened in a case beyond papers and payments: steps taken, facts recorded, times set."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step or fact of a case; child of the case. `step` is an id of resources/law/procedure.

    A step moves the case from `from_stage` to `to_stage`; a mere fact leaves both empty.
    Amounts are fen. `overridden` are the guards a leader let pass, with who and why.
    """

    id: str
    case_id: str
    step: str
    on: date
    at: str = ""  # HH:MM, for terms that count hours
    until: date | None = None  # end of an interval, or the day something is set for
    rules: tuple[str, ...] = ()  # terms it extends or stops: D05 …
    codes: tuple[str, ...] = ()  # violations, or facts of a situation
    outcome: str = ""  # one of the step's outcomes
    approver: str = ""
    people: str = ""  # who presided, reviewed, took part
    amount_fen: int | None = None  # fine of the unit
    person_fen: int | None = None  # fine of the responsible person
    paper_kind: str = ""  # a paper made outside this program: its kind and number
    number: str = ""
    note: str = ""
    from_stage: str = ""
    to_stage: str = ""
    overridden: tuple[str, ...] = ()
    override_by: str = ""
    override_why: str = ""
