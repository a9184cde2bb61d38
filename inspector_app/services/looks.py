"""Before the next paper of a case: somebody decides what is disputed, looks at what merged itself.

No database driver here: issuing asks this, also where nothing is shared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.domain.looks import CaseLook, Fact, unseen
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.receive import SHARED
from inspector_app.ledger.rows import Rows
from inspector_app.services.desk import Desk
from inspector_app.services.field_words import column_words, is_legal, table_words
from inspector_app.services.left_here import refuse_left
from inspector_app.services.said_values import Sayings
from inspector_app.sync import apart, asking

FOUND, LOOKED = "发现两处同时改过本案", "看过两处同时的改动"
WAITS = (
    "look",
    "conflict",
    "away",
)  # kinds of refusal that pass one case over, not the whole batch


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact that one side changed: its name, what it was, what it is."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What two PCs changed in a case while apart; it merged by itself, nobody saw the whole."""

    case_id: str
    case_no: str
    unit: str
    on: str
    by_name: str
    own: tuple[Changed, ...]
    other: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What stands between a case and its next paper."""

    conflicts: int = 0
    refused: int = 0
    looks: int = 0

    def disputed(self) -> int:
        """How many decisions are open."""
        return self.conflicts + self.refused


# ── finding ──────────────────────────────────────────────────────────────────────────────────
def begin(desk: Desk) -> None:
    """An exchange begins: remember from where on others' changes are news."""
    with desk.ledger.read() as view:
        if not apart.is_due(view.connection):
            return
    with desk.ledger.work("同步", actor=SHARED, at=desk.now()) as uow:
        apart.begin(uow.connection)
        uow.commit()


def note(desk: Desk, *, whole: bool) -> int:
    """After an exchange: write down which cases both sides changed; how many are new.

    `whole`: the exchange came to its end, so that the next one begins anew.
    """
    with desk.ledger.read() as view:
        if not apart.is_begun(view.connection):
            return 0
    with desk.ledger.work(FOUND, actor=SHARED, at=desk.now()) as uow:
        found = apart.findings(uow.connection, is_legal)
        fresh = [one for one in found if not _known(uow, one)]
        for one in fresh:
            own, other = ([fact.key() for fact in side] for side in (one.own, one.other))
            made = CaseLook(
                new_id(), one.case_id, "", desk.actor, desk.today(), tuple(own), tuple(other)
            )
            uow.add(made)
        if whole:
            apart.end(uow.connection)
        uow.commit()
    return len(fresh)


def _known(view: Rows, found: apart.Finding) -> bool:
    """Whether an open finding says all this: an exchange that broke off is looked at twice."""
    told = {fact.key() for fact in (*found.own, *found.other)}
    return any(
        told <= {*one.own_facts, *one.other_facts}
        for one in unseen(view.find(CaseLook, case_id=found.case_id))
    )


# ── what stands in the way ───────────────────────────────────────────────────────────────────
def in_the_way(rows: Rows, case_ids: Iterable[str]) -> dict[str, InTheWay]:
    """For each of these cases of which something waits: what."""
    ids, connection = sorted(set(case_ids)), rows.connection
    if not ids or not asking.anything(connection):
        return {}
    looks: dict[str, list[CaseLook]] = {}
    for one in rows.find_in(CaseLook, "case_id", ids):
        looks.setdefault(one.case_id, []).append(one)
    disputes = asking.open_in(connection, ids)
    refused = asking.refused_in(connection, ids)
    found = {
        case_id: InTheWay(
            disputes.get(case_id, 0),
            int(case_id in refused),
            len(unseen(looks.get(case_id, ()))),
        )
        for case_id in ids
    }
    return {case_id: one for case_id, one in found.items() if one != InTheWay()}


def waits(desk: Desk, case_ids: Iterable[str]) -> dict[str, InTheWay]:
    """As `in_the_way`, in a look of its own."""
    with desk.ledger.read() as view:
        return in_the_way(view, case_ids)


def refuse(rows: Rows, case: Case | None, *, despite_disputes: bool) -> None:
    """UserError when a paper of the case must wait; disputes can be overridden, looks cannot.

    Nor that the case left: a number would be on paper before anything else refused it.
    """
    if case is None:
        return
    refuse_left(rows, case.id)
    one = in_the_way(rows, [case.id]).get(case.id, InTheWay())
    if one.looks:
        message = f"案件 {case.case_no} 的法定事实在两台电脑上同时改过，请先看一眼再制发。"
        raise UserError(message, kind="look")
    if one.disputed() and not despite_disputes:
        message = f"案件 {case.case_no} 有 {one.disputed()} 项冲突没有处理，请先处理再制发。"
        raise UserError(message, kind="conflict")


def before_issuing(desk: Desk, case_id: str | None) -> tuple[InTheWay, list[SideBySide]]:
    """What the person who issues a paper of this case is asked first."""
    if case_id is None:
        return InTheWay(), []
    waiting = waits(desk, [case_id]).get(case_id, InTheWay())
    return waiting, side_by_side(desk, case_id) if waiting.looks else []


# ── looking ──────────────────────────────────────────────────────────────────────────────────
def side_by_side(desk: Desk, case_id: str) -> list[SideBySide]:
    """What waits for a look in a case: both sides, from the trail of this PC."""
    with desk.ledger.read() as view:
        case, sayings = view.get(Case, case_id), Sayings(view, desk.library)
        unit = sayings.subject("case", case_id)
        found = unseen(view.find(CaseLook, case_id=case_id))
        changed = _changed(view, sayings, case_id) if found else {}
    return [
        SideBySide(
            case_id, case.case_no, unit, one.on.isoformat(), one.by_name,
            tuple(changed[key] for key in one.own_facts if key in changed),
            tuple(changed[key] for key in one.other_facts if key in changed),
        )
        for one in found
    ]  # fmt: skip


def waiting_looks(desk: Desk) -> list[SideBySide]:
    """What waits for a look in any case."""
    with desk.ledger.read() as view:
        known = view.find(CaseLook)
    cases = dict.fromkeys(one.case_id for one in unseen(known))
    return [look for case_id in cases for look in side_by_side(desk, case_id)]


def _changed(view: Rows, sayings: Sayings, case_id: str) -> Mapping[str, Changed]:
    """Key of a fact -> its last change, as the trail of this PC has it."""
    found: dict[str, Changed] = {}
    for op in apart.ops_of(view.connection, case_id):
        if op["k"] not in ("ins", "upd", "del"):
            continue  # a first load: nobody changed anything
        if op["k"] != "upd":
            found[Fact(op["t"], op["id"]).key()] = _whole(sayings, op)
        for column, (old, new) in op["c"].items():
            said = sayings.pair(op["t"], column, old, new)
            key = Fact(op["t"], op["id"], column).key()
            found[key] = Changed(f"{table_words(op['t'])}：{column_words(column)}", *said)
    return found


def _whole(sayings: Sayings, op: Mapping[str, Any]) -> Changed:
    """A row that came or went, by its legal facts."""
    place = 1 if op["k"] == "ins" else 0
    said = "，".join(
        f"{column_words(name)} {sayings.value(op['t'], name, pair[place])}"
        for name, pair in op["c"].items()
        if is_legal(op["t"], name) and pair[place] not in (None, "", "[]")
    )
    sides = ("", said or "新增") if op["k"] == "ins" else (said or "有", "已删除")
    verb = "新增" if op["k"] == "ins" else "删除"
    return Changed(f"{verb}{table_words(op['t'])}", *sides)


def looked(desk: Desk, case_id: str) -> int:
    """Record that somebody looked at all that waits in a case; how many that were."""
    with desk.work(LOOKED) as uow:
        uow.get(Case, case_id)
        found = unseen(uow.find(CaseLook, case_id=case_id))
        made = (CaseLook(new_id(), case_id, one.id, desk.actor, desk.today()) for one in found)
        uow.add_all(made)
        uow.commit()
    return len(found)
