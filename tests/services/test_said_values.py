"""Every column of the ledger is said in an inspector's words: no code, no id, no secret."""

import json
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.claims import WageClaim
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.words import Word
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.mapping import STORED, table_name
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.said_values import HIDDEN_DIFFERS, LONGEST, Sayings
from tests.helpers.desks import a_case_form, a_clue_form, two_inspectors

GONE = "本机没有的记录"


def hints(table: str) -> dict[str, Any]:
    cls = next(one for one in STORED if table_name(one) == table)
    return get_type_hints(cls)


def words_in(hint: Any) -> list[Word]:
    kinds = (hint, *get_args(hint))
    found = [one for one in kinds if isinstance(one, type) and issubclass(one, Word)]
    return [word for kind in found for word in kind]


def test_every_code_has_its_word_and_every_day_is_a_day(desk: Desk) -> None:
    said = 0
    with desk.ledger.read() as view:
        sayings = Sayings(view, desk.library)
        for table in BUSINESS:
            types = hints(table.name)
            for column in business_columns(table):
                hint = types.get(column.name, str)
                for word in words_in(hint):
                    assert sayings.value(table.name, column.name, word.value) == word.label
                    said += 1
                if date in (hint, *get_args(hint)):
                    shown = sayings.value(table.name, column.name, "2026-09-01")
                    assert shown == "2026年9月1日", column
                    said += 1
                if column.name.endswith("_fen"):
                    assert sayings.value(table.name, column.name, 123_456) == "1,234.56 元"
                assert sayings.value(table.name, column.name, None) == "空"
                ref = column.info.get("ref")
                if ref and ref != table.name:
                    missing = json.dumps([new_id()]) if column.info.get("many") else new_id()
                    assert sayings.value(table.name, column.name, missing) == GONE, column
    assert said > 40


def test_ids_are_the_names_of_what_they_name(desk: Desk) -> None:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000, period_from="2026-05")])
    clue = register_clue(desk, a_clue_form())
    with desk.work("起草") as uow:
        kind = "rectification_order"
        made = Paper(new_id(), case.id, kind, "1", PaperState.DRAFT, "{}", number="平人社第1号")
        uow.add(made)
        uow.commit()
    with desk.ledger.read() as view:
        sayings = Sayings(view, desk.library)
        (claim,) = view.find(WageClaim, case_id=case.id)
        assert sayings.value("case", "lead_id", lead.id) == "李明"
        assert sayings.value("case", "employer_id", case.employer_id) == a_case_form().employer
        assert sayings.value("settlement", "claim_id", claim.id) == "王**的工资（2026-05起）"
        assert sayings.value("wage_claim", "worker_id", claim.worker_id) == "王**"
        assert sayings.value("todo", "case_id", case.id) == case.case_no
        assert sayings.value("case", "clue_id", clue.id) == clue.clue_no
        papers = json.dumps([made.id])
        assert sayings.value("service", "paper_ids", papers) == "限期改正指令书平人社第1号"
        assert sayings.subject("worker", claim.worker_id) == "王**"
        assert sayings.subject("case", case.id) == a_case_form().employer
        assert sayings.subject("setting", new_id()) == ""


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("case", "scope", "410402", "新华区"),
        ("case_event", "from_stage", Stage.INVESTIGATION.value, "调查取证"),
        ("case_event", "paper_kind", "rectification_order", "限期改正指令书"),
        ("case_event", "step", "nothing_of_ours", "nothing_of_ours"),
        ("paper", "values", '{"facts": "王演示"}', "文书里的内容"),
        ("paper", "sha256", "0123456789abcdef", "0123456789ab…"),
        ("inspection", "checklist_id", "construction", "工程建设项目"),
        ("inspection", "finished", 1, "是"),
        ("worker", "name", "王演示", "王**"),
        ("worker_private", "id_number", "410402199001010019", "410402********0019"),
        ("case", "note", "电话 13800000000", "电话 138****0000"),
        ("nothing", "nothing", "x" * 300, "x" * LONGEST + "…"),
    ],
)
def test_codes_of_the_library_and_secrets(
    desk: Desk, table: str, column: str, value: object, words: str
) -> None:
    with desk.ledger.read() as view:
        assert Sayings(view, desk.library).value(table, column, value).startswith(words)


def test_two_secrets_that_look_alike_are_told_apart(desk: Desk) -> None:
    with desk.ledger.read() as view:
        pair = Sayings(view, desk.library).pair
        first, second = pair("worker_private", "phone", "13811110000", "13822220000")
        assert first == second == f"138****0000{HIDDEN_DIFFERS}"
        assert pair("case", "stated_workers", 3, 4) == ("3", "4")


def test_without_the_cover_all_is_said_and_of_two_contents_what_differs(desk: Desk) -> None:
    one = '{"facts": "王演示称欠薪", "leader": "同", "note": ""}'
    two = '{"facts": "李演示称欠薪", "leader": "同"}'
    with desk.ledger.read() as view:
        covered = Sayings(view, desk.library)
        opened = Sayings(view, desk.library, covered=False)
        assert opened.value("worker", "name", "王演示") == "王演示"
        assert opened.value("case", "note", "电话 13800000000") == "电话 13800000000"
        assert opened.pair("paper", "values", one, two) == (
            "案情：王演示称欠薪", "案情：李演示称欠薪",
        )  # fmt: skip
        for odd in ("{", "[1]"):
            assert opened.pair("paper", "values", odd, two) == (odd, two)
        hidden = f"文书里的内容{HIDDEN_DIFFERS}"
        assert covered.pair("paper", "values", one, two) == (hidden, hidden)
        assert covered.pair("case", "note", None, "") == ("空", "空")
