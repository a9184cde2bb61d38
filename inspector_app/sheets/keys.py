"""Fingerprints of imported rows, so that the same row is known again the second time."""

import hashlib
from collections import Counter
from datetime import date

from inspector_app.sheets.cells import squeeze
from inspector_app.sheets.fields import Kind

_MATTER = (
    *("employer_name", "credit_code", "project_name", "amount_written", "workers", "period"),
    *("statement", "facts", "person_name", "person_id_number", "published_on", "authority"),
)
# What makes a row the row it is. The first set whose first field is filled is taken.
_IDENTITY: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.CLUES: (("outside_no", "employer_name"), _MATTER),
    Kind.CASES: (("case_no", "employer_name"), _MATTER),
    Kind.PROJECTS: (("name", "general_name", "county"),),
    Kind.EMPLOYERS: (("credit_code",), ("name",)),
    Kind.WORKERS: (
        ("id_number", "name", "case_no", "project_name", "employer_name", "period", "due_fen"),
        ("name", "case_no", "project_name", "employer_name", "period", "due_fen", "phone", "crew"),
    ),
    Kind.PAYMENTS: (
        ("id_number", "name", "case_no", "amount_fen", "paid_on", "voucher"),
        ("name", "case_no", "amount_fen", "paid_on", "voucher", "bank_card"),
    ),
}
# One name may be two people: without an identity number equal rows are counted, not merged.
_COUNTED = {Kind.WORKERS, Kind.PAYMENTS}


class KeyMaker:
    """Makes the key of each row of one file and notices rows that say the same twice."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._first: dict[str, int] = {}
        self._times: Counter[str] = Counter()

    def key(self, values: dict[str, object], row_no: int) -> tuple[str, int | None]:
        """The key, and the earlier row of this file with the same content if there is one."""
        fields = self._fields(values)
        parts = [self._kind.value, *(f"{name}={_plain(values.get(name))}" for name in fields)]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        if self._kind in _COUNTED and "id_number" not in values:
            self._times[key] += 1
            if self._times[key] > 1:
                again = f"{key}\n{self._times[key]}"
                return hashlib.sha256(again.encode()).hexdigest(), None
            return key, None
        first = self._first.setdefault(key, row_no)
        return key, None if first == row_no else first

    def _fields(self, values: dict[str, object]) -> tuple[str, ...]:
        sets = _IDENTITY[self._kind]
        return next((fields for fields in sets if values.get(fields[0])), sets[-1])


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return squeeze(str(value))
