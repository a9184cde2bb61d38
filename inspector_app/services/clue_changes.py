"""What was registered wrongly is put right with a reason, and a clue concluded wrongly reopened."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from inspector_app.domain.clues import Clue, CluePerson, ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.clues import ClueForm
from inspector_app.services.desk import Desk

# Of a clue's own columns those that a form fills, with the word for each.
_COLUMNS = {
    "source": "来源",
    "received_on": "接收日期",
    "employer_name": "用人单位",
    "scope": "属地",
    "credit_code": "统一社会信用代码",
    "employer_address": "单位地址",
    "project_name": "工程项目",
    "cause": "案由",
    "statement": "反映的内容",
    "workers": "涉及人数",
    "amount_fen": "涉及金额",
    "amount_written": "金额原文",
    "period_from": "欠薪起月",
    "period_to": "欠薪止月",
    "outside_no": "平台编号",
}
_PERSON = {
    "person_name": "姓名",
    "person_phone": "电话",
    "person_id_number": "身份证号",
    "person_address": "住址",
    "person_note": "备注",
    "confidential": "保密",
}
# Covered on the screen, so nobody types them again unless they change: blank leaves them alone.
_KEPT_BLANK = {"statement", *_PERSON} - {"confidential"}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A clue put right, and the words for what really changed; none when nothing did."""

    clue: Clue
    changed: tuple[str, ...]


def form_of(clue: Clue, *, confidential: bool) -> ClueForm:
    """The form as it was filled, what is covered left blank."""
    known = {name: getattr(clue, name) for name in _COLUMNS if name not in _KEPT_BLANK}
    return replace(
        ClueForm(clue.source, clue.received_on, clue.employer_name, clue.scope),
        **known,
        confidential=confidential,
    )


def correct_clue(desk: Desk, clue_id: str, was: ClueForm, now: ClueForm, why: str) -> Corrected:
    """Change what differs between the two forms, and nothing that others changed meanwhile.

    UserError when the clue is closed (reopen it first; a case has fields of its own), without a
    reason, or where a new clue could not say so either.
    """
    _require_reason(why, "请写明为什么修改，会留下记录。")
    changes = _differences(was, now)
    with desk.work("修改线索", why.strip()) as uow:
        clue = uow.get(Clue, clue_id)
        if clue.state is ClueState.FILED:
            raise UserError(f"{clue.clue_no} 已经立案，请在案件里修改。", kind="state")
        if clue.state is not ClueState.OPEN:
            raise UserError(f"{clue.clue_no} 已经办结，请先重新打开。", kind="state")
        own = {name: value for name, value in changes.items() if name in _COLUMNS}
        after = replace(clue, **own)  # type: ignore[arg-type]  # values come from a form's fields
        _check(desk, after)
        said = [_COLUMNS[name] for name in own if getattr(clue, name) != getattr(after, name)]
        if after != clue:
            uow.save(after)
        said += _change_person(uow, clue_id, changes)
        if said:
            uow.commit()
    return Corrected(after, tuple(said))


def reopen_clue(desk: Desk, clue_id: str, why: str) -> Clue:
    """A clue concluded without a case comes back to be decided; what it said stays in the trail."""
    _require_reason(why, "请写明为什么重新打开，会留下记录。")
    with desk.work("重新打开线索", why.strip()) as uow:
        clue = uow.get(Clue, clue_id)
        if clue.state is ClueState.OPEN:
            raise UserError(f"{clue.clue_no} 还没有办结。", kind="state")
        if clue.state is ClueState.FILED:
            message = f"{clue.clue_no} 已经立案，不能重新打开；不该立案的在案件里撤销立案。"
            raise UserError(message, kind="state")
        clue = replace(clue, state=ClueState.OPEN, concluded_on=None, conclusion="", reply="")
        uow.save(clue)
        uow.commit()
    return clue


def _require_reason(why: str, sentence: str) -> None:
    if not why.strip():
        raise UserError(sentence, field="why")


def _differences(was: ClueForm, now: ClueForm) -> dict[str, object]:
    """Fields of the form that were changed, as they are stored."""
    found: dict[str, object] = {}
    for one in fields(ClueForm):
        before, value = getattr(was, one.name), getattr(now, one.name)
        if one.name not in {*_COLUMNS, *_PERSON} or value == before:
            continue
        if isinstance(value, str):
            value = value.strip()
            upper = one.name in {"credit_code", "person_id_number"}
            value = value.upper() if upper else value
        if value != "" or one.name not in _KEPT_BLANK:
            found[one.name] = value
    return found


def _check(desk: Desk, clue: Clue) -> None:
    if not clue.employer_name:
        raise UserError("请填写被反映的用人单位。", field="employer_name")
    if clue.received_on > desk.today():
        raise UserError("接收日期不能晚于今天。", field="received_on")
    if clue.scope not in desk.library.divisions:
        raise UserError(f"没有代码为“{clue.scope}”的属地。", field="scope")


def _change_person(uow: UnitOfWork, clue_id: str, changes: Mapping[str, object]) -> list[str]:
    """Who reported: registered now, or put right; the words for what changed."""
    own = {
        name.removeprefix("person_"): value for name, value in changes.items() if name in _PERSON
    }
    if not own:
        return []
    before = uow.first(CluePerson, clue_id=clue_id)
    if before is None and set(own) == {"confidential"}:
        raise UserError("没有登记反映人，请先写姓名或者电话。", field="confidential")
    person = before or CluePerson(id=clue_id, clue_id=clue_id)
    after = replace(person, **own)  # type: ignore[arg-type]  # values come from a form's fields
    if before is None:
        uow.add(after)
    elif after != before:
        uow.save(after)
    labels = [(name.removeprefix("person_"), label) for name, label in _PERSON.items()]
    return [
        f"反映人{label}" for name, label in labels if getattr(person, name) != getattr(after, name)
    ]
