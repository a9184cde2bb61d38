"""Words that must not reach the party a paper is for: who reported, and other people's numbers."""

import re
from collections.abc import Collection, Iterator

from inspector_app.domain.clues import Clue, CluePerson
from inspector_app.domain.papers import Field, FieldType, PaperKind, PaperProblem, Value, Values
from inspector_app.services.desk import Desk

_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_REPORTED = re.compile("举报人|投诉人|反映人|举报专查")


def leaks(kind: PaperKind, values: Values, names: Collection[str]) -> Iterator[PaperProblem]:
    """Problems that stop the issue (监察条例 9: 保密); `names` are of people who reported."""
    for field in kind.fields:
        if field.type in {FieldType.LINE, FieldType.TEXT}:
            for message in _of_text(field, values.get(field.id), names):
                yield PaperProblem(field.id, f"“{field.label}”{message}")


def _of_text(field: Field, value: Value, names: Collection[str]) -> Iterator[str]:
    if not isinstance(value, str):
        return
    if field.type is FieldType.TEXT and (_PHONE.search(value) or _ID_NUMBER.search(value)):
        yield "里有手机号或身份证号，文书要交给当事人，请改写"
    if _REPORTED.search(value):
        yield "里提到了举报、投诉的人，应当为其保密，请改写"
    for name in names:
        if name and name in value:
            yield "里有反映人的姓名，应当为其保密，请改写"


def reporters(desk: Desk, case_id: str | None) -> list[str]:
    """People who asked that nobody learns they reported this case."""
    if case_id is None:
        return []
    with desk.ledger.read() as view:
        ids = [clue.id for clue in view.find(Clue, case_id=case_id)]
        people = view.find_in(CluePerson, "clue_id", ids)
    return [person.name for person in people if person.confidential]
