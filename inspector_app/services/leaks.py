"""Words that must not reach who reads a paper: who reported, and other people's numbers."""

import re
from collections.abc import Collection, Iterator

from inspector_app.domain.clues import Clue, CluePerson
from inspector_app.domain.paper_text import marks
from inspector_app.domain.papers import (
    Audience,
    Field,
    FieldType,
    PaperKind,
    PaperProblem,
    TableRow,
    Value,
    Values,
)
from inspector_app.services.desk import Desk
from inspector_app.services.list_warnings import LIST

_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_REPORTED = re.compile("举报人|投诉人|反映人|举报专查")


def leaks(
    kind: PaperKind, values: Values, people: Collection[CluePerson]
) -> Iterator[PaperProblem]:
    """Problems that stop the issue (监察条例 9: 保密); `people` reported this case.

    An internal paper may name them. The reporter's own paper names him and how to reach him, but
    nobody else; another authority may read of everybody who did not ask for confidence. Who is
    also a claimant may stand in the worker list: left out, his wages would be ordered to nobody.
    That is said aloud and does not stop the issue.
    """
    if kind.audience is Audience.INTERNAL:
        return
    own = _addressed(kind, values, people) if kind.audience is Audience.REPORTER else ()
    others = [one for one in people if one not in own]
    for field in kind.fields:
        value = values.get(field.id)
        if field.type in {FieldType.LINE, FieldType.TEXT} and isinstance(value, str):
            for message in _of_text(kind.audience, field, value, own, others):
                yield PaperProblem(field.id, f"“{field.label}”{message}")
        elif field.type is FieldType.TABLE and isinstance(value, tuple):
            rows = [row for row in value if isinstance(row, dict)]
            yield from _of_table(kind.audience, field, rows, others)


def _of_table(
    audience: Audience, field: Field, rows: Collection[TableRow], others: Collection[CluePerson]
) -> Iterator[PaperProblem]:
    """Cells that name who asked for confidence, each sort once."""
    hidden = [one for one in others if one.confidential]
    told: dict[str, bool] = {}
    for row in rows:
        own = _listed_as(field, row, hidden)
        if own:
            told[_CLAIMANT] = False
        for column, cell in row.items():
            free = [one for one in hidden if one not in own or column not in _OWN_CELLS]
            if any(one.name and one.name in cell for one in free):
                told[_NAMED] = True
            if _numbers(cell) & _numbers_of(free):
                told[_NUMBERED] = True
            if audience is Audience.PARTY and _REPORTED.search(cell):
                told[_SAID] = True
    for message, blocking in told.items():
        yield PaperProblem(field.id, f"“{field.label}”{message}", blocking=blocking)


def _listed_as(field: Field, row: TableRow, hidden: Collection[CluePerson]) -> list[CluePerson]:
    """Of those who asked for confidence the one whose wages this row of the worker list tells."""
    if field.default != LIST:
        return []
    return [one for one in hidden if one.name and one.name == row.get("name", "").strip()]


def _of_text(
    audience: Audience,
    field: Field,
    value: str,
    own: Collection[CluePerson],
    others: Collection[CluePerson],
) -> Iterator[str]:
    hidden = [one for one in others if one.confidential]
    if audience is Audience.OFFICE:
        if _numbers(value) & _numbers_of(hidden):
            yield _NUMBERED
    elif field.type is FieldType.TEXT and _numbers(value) - _numbers_of(own):
        yield _STRANGE[audience]
    if audience is Audience.PARTY and _REPORTED.search(value):
        yield _SAID
    for one in hidden:
        if one.name and one.name in value:
            yield _NAMED


# What a row of the worker list tells of the worker it is about.
_OWN_CELLS = {"name", "id_number"}
_NAMED = "里有反映人的姓名，应当为其保密，请改写"
_NUMBERED = "里有反映人的手机号或身份证号，应当为其保密，请改写"
_SAID = "里提到了举报、投诉的人，应当为其保密，请改写"
# Which worker it is stands in the clue, where looking leaves its record.
_CLAIMANT = (
    "里有要求保密的举报人本人，印出来对方会知道姓名：请确认本人同意列入，不同意的从名单中删去"
    "（是谁请在线索中查看）"
)
_STRANGE = {
    Audience.PARTY: "里有手机号或身份证号，文书要交给当事人，请改写",
    Audience.REPORTER: "里有别人的手机号或身份证号，文书要交给投诉人，请改写",
}


def _numbers(text: str) -> set[str]:
    return {*_PHONE.findall(text), *(one.upper() for one in _ID_NUMBER.findall(text))}


def _numbers_of(people: Collection[CluePerson]) -> set[str]:
    return {number.upper() for one in people for number in (one.phone, one.id_number)}


def _addressed(kind: PaperKind, values: Values, people: Collection[CluePerson]) -> list[CluePerson]:
    """Those of the people whom the head of the paper names."""
    heads = [mark.name for one in kind.body if one.kind == "addressee" for mark in marks(one.text)]
    named: list[Value] = [values.get(name) for name in heads]
    return [one for one in people if one.name and one.name in named]


def reporters(desk: Desk, case_id: str | None) -> list[CluePerson]:
    """People who reported this case; those who are `confidential` must not become known."""
    if case_id is None:
        return []
    with desk.ledger.read() as view:
        ids = [clue.id for clue in view.find(Clue, case_id=case_id)]
        return view.find_in(CluePerson, "clue_id", ids)
