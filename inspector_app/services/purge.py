"""Erasing what is over from a ledger that exchanges with nobody; a shared one is purged there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.inspections import Inspection
from inspector_app.domain.rights import Act
from inspector_app.errors import UserError
from inspector_app.ledger.rows import Rows
from inspector_app.services.access import LEAST_REASON, require
from inspector_app.services.desk import Desk
from inspector_app.sync import purge as purging

_SHARED = "本机已连接共享库：由共享库的管理员清除（server purge），本机下一次同步时照办。"


@dataclass(frozen=True, slots=True)
class Matter:
    """A case, clue or visit that would go for ever."""

    kind: str
    id: str
    label: str


def to_purge(desk: Desk, numbers: Sequence[str]) -> list[Matter]:
    """Cases and clues by number or id, a case with its clues and visits; UserError says why not."""
    require(desk, Act.PURGE)
    if purging.is_shared(desk.ledger):
        raise UserError(_SHARED, kind="shared")
    found: dict[str, Matter] = {}
    with desk.ledger.read() as view:
        for number in numbers:
            found |= {one.id: one for one in _matters(view, number)}
    return list(found.values())


def _matters(view: Rows, number: str) -> list[Matter]:
    case = view.first(Case, case_no=number) or view.first(Case, id=number)
    if case is not None:
        if not case.stage.ended:
            raise UserError(f"{case.case_no}还没有结案，不能清除。", field="number", kind="state")
        clues = view.find(Clue, case_id=case.id)
        visits = view.find(Inspection, case_id=case.id)
        return [
            Matter("case", case.id, case.case_no),
            *(Matter("clue", one.id, one.clue_no) for one in clues),
            *(Matter("inspection", one.id, one.on.isoformat()) for one in visits),
        ]
    clue = view.first(Clue, clue_no=number) or view.first(Clue, id=number)
    if clue is None:
        raise UserError(f"没有案件或者线索“{number}”。", field="number", kind="not_found")
    if clue.state in {ClueState.OPEN, ClueState.FILED}:
        message = f"{clue.clue_no}{clue.state.label}，随案件一起清除。"
        raise UserError(message, field="number", kind="state")
    return [Matter("clue", clue.id, clue.clue_no)]


def purge(desk: Desk, matters: Collection[Matter], why: str) -> None:
    """Erase them: rows, what the trail said of them, their files. Only a backup brings them back.

    UserError without the right or a reason.
    """
    require(desk, Act.PURGE)
    if len(why.strip()) < LEAST_REASON:
        raise UserError("请写明清除个人信息的理由，会留下记录。", field="why")
    roots = [(one.kind, one.id) for one in matters]
    said = {"actor": desk.actor, "why": why.strip()}
    purging.begin(desk.ledger, roots, at=desk.now(), **said)
    purging.finish(desk.ledger, desk.files, at=desk.now(), **said)
