"""Conflicts and refused sets in words: each refusal has a sentence, empty is empty, masks hold."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.access import AccessEntry, AccessWay, Field
from inspector_app.domain.claims import WorkerPrivate
from inspector_app.domain.clues import CluePerson
from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.services.cases import new_case
from inspector_app.services.choice_words import Teller
from inspector_app.services.choices import reveal_choice, standing, to_decide
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.refusal_words import REFUSALS, refusal_words
from inspector_app.services.said_values import HIDDEN_DIFFERS
from inspector_app.sync.conflicts import Refused
from inspector_app.sync.wire import text_of
from tests.helpers.builders import a_worker_claim
from tests.helpers.desks import a_case_form, a_clue_form, two_inspectors

FUNCTIONS = Path(__file__).parents[2] / "inspector_app" / "sync" / "server" / "functions"
NO_RECEIPT = {"cannot_purge"}  # told to the administrator at the server, never to a PC
CARDS = ("6222021001182334455", "6222021001192334455")


# ── every refusal ────────────────────────────────────────────────────────────────────────────
def codes_of_the_server() -> set[str]:
    """The words of `sync.fail`, also those that a `case` chooses among, and that of all else."""
    found = set()
    for path in sorted(FUNCTIONS.glob("*.sql")):
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for call in re.findall(r"sync\.fail\((.*?)\);", text, flags=re.DOTALL):
            found |= set(re.findall(r"(?:^|then|else)\s*'([a-z_]+)'", call.strip()))
        for chosen in re.findall(r"select min\(case(.*?)end\) into wrong", text, flags=re.DOTALL):
            found |= set(re.findall(r"(?:then|else) '([a-z_]+)'", chosen))
    return found | {"bad_data"}


def test_every_code_of_the_server_has_its_sentence_and_no_sentence_is_idle() -> None:
    codes = codes_of_the_server()
    assert len(codes) > 20
    assert {"pii_not_granted", "bad_value", "root_moved", "no_such_conflict"} <= codes
    assert set(REFUSALS) == codes - NO_RECEIPT


def test_every_code_of_the_model_has_its_sentence() -> None:
    text = (Path(__file__).parents[1] / "sync" / "fake_server.py").read_text(encoding="utf-8")
    assert set(re.findall(r'Rejected\("([a-z_]+)"\)', text)) <= set(REFUSALS)


@pytest.mark.parametrize("code", [*REFUSALS, "of_a_newer_server"])
def test_a_sentence_says_what_happened_and_what_to_do(code: str) -> None:
    words = refusal_words(code)
    assert words.endswith("。")
    assert "请" in words
    assert "您" not in words
    assert ("of_a_newer_server" in words) == (code not in REFUSALS)


# ── empty, masked, uncovered ─────────────────────────────────────────────────────────────────
def told(desk: Desk, **cells: list[object]) -> list[tuple[str, str, str]]:
    op = {"k": "ins", "t": "worker_private", "id": new_id(), "root_type": "case", "root": "c"}
    with desk.ledger.read() as view:
        refused = Refused(7, "410402", "录入", "2026-09-21", "root_moved", ({**op, "c": cells},))
        choice = Teller(view, desk.library).refused(refused)
    return [(one.name, one.mine, one.theirs) for one in choice.fields]


def test_what_was_left_blank_in_a_new_row_is_no_difference(desk: Desk) -> None:
    fields = told(desk, bank=[None, ""], phone=[None, "13800001234"], bank_card=["", None])
    assert fields == [("劳动者身份信息：电话", "138****1234", "空")]


def disputed(desk: Desk, table: str, row_id: str, root: tuple[str, str], mine: Any) -> str:
    texts = dict.fromkeys(("base", "theirs", "resolution", "reason", "resolved_by"), "")
    row: dict[str, Any] = {**texts, "id": new_id(), "scope": "410402", "t": table, "grp": "x"}
    row |= {"root_type": root[0], "root_id": root[1], "row_id": row_id, "at": "2026-09-21"}
    row |= {"mine_by": "a1", "theirs_by": "a2", "state": "open", "mine": text_of(mine)}
    with desk.work("同步") as uow:
        uow.connection.execute(sync_conflict.insert(), row | {"theirs": text_of(mine)})
        uow.commit()
    return str(row["id"])


def a_disputed_card(desk: Desk) -> tuple[str, str]:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    person = a_worker_claim(1, case_id=case.id)
    private = WorkerPrivate(person.worker.id, case.id, bank_card=CARDS[0])
    with desk.work("录入") as uow:
        uow.add_all((person.worker, private))
        uow.commit()
    mine = {"bank_card": CARDS[1]}
    return case.id, disputed(desk, "worker_private", private.id, ("case", case.id), mine)


def looks_of(desk: Desk) -> list[AccessEntry]:
    with desk.ledger.read() as view:
        return list(view.find(AccessEntry))


def test_two_masks_that_look_alike_are_uncovered_on_the_conflict(desk: Desk) -> None:
    case_id, which = a_disputed_card(desk)
    (covered,) = to_decide(desk)
    assert covered.title.startswith("劳动者身份信息　")
    assert covered.title.endswith("*")  # whose it is, masked
    (field,) = covered.fields
    assert field.hidden
    assert field.mine == field.theirs
    assert field.mine.endswith(HIDDEN_DIFFERS)
    with pytest.raises(UserError, match="理由"):
        reveal_choice(desk, which, " ")
    assert looks_of(desk) == []
    (shown,) = reveal_choice(desk, which, "核发工资").fields
    assert (shown.theirs, shown.mine) == CARDS
    (look,) = looks_of(desk)
    assert (look.way, look.about_id, look.why) == (AccessWay.REVEAL, case_id, "核发工资")
    assert look.fields == (Field.BANK_CARD.value,)


def test_only_who_may_sees_it(desk: Desk) -> None:
    _, which = a_disputed_card(desk)
    with desk.work("设置") as uow:
        chief = Inspector(new_id(), "赵管理", "410400", "410400", "X9", administrator=True)
        uow.add(chief)
        uow.commit()
    with pytest.raises(UserError) as refused:
        reveal_choice(desk, which, "核对身份")
    assert refused.value.kind == "rights"
    assert looks_of(desk) == []


def test_who_reported_is_for_whom_it_is_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clue = register_clue(desk, a_clue_form())
    with desk.work("登记") as uow:
        known = uow.first(CluePerson, clue_id=clue.id)
        person = CluePerson(known.id if known else new_id(), clue.id, "演示甲", "13811110000")
        (uow.save if known else uow.add)(person)
        uow.commit()
    mine = {"name": "演示乙", "phone": "13822220000"}
    which = disputed(desk, "clue_person", person.id, ("clue", clue.id), mine)
    asked: list[Any] = []
    monkeypatch.setattr(
        "inspector_app.services.choices.look_at", lambda _desk, act, _action, look: asked.append(
            (act.value, look.about.value, look.about_id, [one.value for one in look.fields])
        ),
    )  # fmt: skip
    reveal_choice(desk, which, "答复反映人")
    ((act, about, about_id, fields),) = asked
    assert (act, about, about_id) == ("reveal_informant", "clue", clue.id)
    assert sorted(fields) == ["name", "phone"]


def test_nothing_covered_leaves_no_record(desk: Desk) -> None:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    which = disputed(desk, "case", case.id, ("case", case.id), {"stated_workers": 3})
    with pytest.raises(UserError, match="没有隐去"):
        reveal_choice(desk, which, "核对身份")
    with pytest.raises(UserError, match="没有找到"):
        reveal_choice(desk, "nothing", "核对身份")
    assert looks_of(desk) == []


def test_a_row_that_is_gone_is_said_and_what_was_decided_too(desk: Desk) -> None:
    which = disputed(desk, "wage_claim", new_id(), ("case", "c"), {"due_fen": 123_456})
    (gone,) = to_decide(desk)
    (field,) = gone.fields
    assert (field.mine, field.theirs, field.hidden) == ("1,234.56 元", "已删除", False)
    said = {"": "删除", "{}": "维持原样", '{"due_fen": 100}': "应付 1.00 元"}
    for resolution, words in said.items():
        values = {"state": "resolved", "resolution": resolution, "resolved_by": "李明"}
        with desk.work("同步") as uow:
            uow.connection.execute(sync_conflict.update().values(reason="核对了名册", **values))
            uow.commit()
        (over,) = standing(desk).over
        assert over.id == which
        assert over.decision == f"李明选定：{words}。理由：核对了名册"


def test_who_reported_is_not_named_by_what_was_said(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())
    with desk.work("登记") as uow:
        known = uow.first(CluePerson, clue_id=clue.id)
        person = CluePerson(known.id if known else new_id(), clue.id, "演示甲")
        (uow.save if known else uow.add)(person)
        uow.save(replace(clue, statement="演示甲称未发工资"))
        uow.commit()
    mine = {"statement": "演示 甲称三个月未发"}
    which = disputed(desk, "clue", clue.id, ("clue", clue.id), mine)
    ((field,),) = (one.fields for one in to_decide(desk))
    assert (field.mine, field.theirs, field.hidden) == ("演**称三个月未发", "演**称未发工资", True)
    (shown,) = reveal_choice(desk, which, "答复反映人").fields
    assert (shown.mine, shown.theirs) == ("演示 甲称三个月未发", "演示甲称未发工资")
