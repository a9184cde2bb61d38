"""Legal facts changed on two PCs while apart: found from the trail, asked before the next paper."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.claims import WageClaim
from inspector_app.domain.looks import CaseLook
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.services import exchange, looks
from inspector_app.services.batch import draft_meeting, issue_all
from inspector_app.services.case_sheet import case_history
from inspector_app.services.cases import new_case
from inspector_app.services.choices import to_decide
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo, undo_last
from inspector_app.services.issuing import issue
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import save
from inspector_app.sync import apart, memory
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.talk import Talk
from tests.helpers.builders import a_worker_claim
from tests.helpers.desks import a_case_form, make_desk, two_inspectors
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, Pc, copied


@dataclass
class Two:
    """This desk and another PC, with the shared database between them."""

    desk: Desk
    other: Pc
    server: FakeServer
    line: FakeTransport

    def sync(self) -> exchange.Report:
        return exchange.sync_now(self.desk, self.line)

    def do(self, change: Callable[[Any], object]) -> None:
        with self.desk.work("办理") as uow:
            change(uow)
            uow.commit()

    def edit(self, case_id: str, **changes: Any) -> None:
        self.do(lambda uow: uow.save(replace(uow.get(Case, case_id), **changes)))

    def case(self) -> str:
        """A case both have."""
        case_id = self.other.new_case()
        self.other.sync()
        self.sync()
        return case_id

    def apart(self, case_id: str) -> None:
        """Both change a legal fact of it, each another one."""
        self.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
        self.edit(case_id, stated_workers=38, stated_fen=5_000_000)
        self.other.sync()

    def waits(self, case_id: str) -> looks.InTheWay:
        return looks.waits(self.desk, [case_id]).get(case_id, looks.InTheWay())


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger: made once, for making one takes a while."""
    path = tmp_path_factory.mktemp("blank") / "ledger.db"
    Ledger.open(path).close()
    return path


@pytest.fixture
def two(tmp_path: Path, blank: Path) -> Iterator[Two]:
    server = FakeServer(GRANTS)
    (tmp_path / "here").mkdir()
    copied(blank, tmp_path / "here" / "ledger.db")
    other = Pc(copied(blank, tmp_path / "other.ledger"), server, "a2")
    desk = make_desk(tmp_path / "here")
    yield Two(desk, other, server, FakeTransport(server, "a1"))
    other.close()
    desk.ledger.close()


def test_two_facts_that_merged_by_themselves_ask_for_a_look_on_both_pcs(two: Two) -> None:
    case_id = two.case()
    two.apart(case_id)
    two.sync()
    assert two.waits(case_id) == looks.InTheWay(looks=1)
    (side,) = looks.side_by_side(two.desk, case_id)
    assert side.by_name == "李明"
    assert ("案件：反映金额", "864,200.00 元", "50,000.00 元") in {
        (one.name, one.old, one.new) for one in side.own
    }
    assert [one.name for one in side.other] == ["案件：阶段"]
    assert side.other[0].new == Stage.INVESTIGATION.label
    two.other.sync()
    there = replace(two.desk, ledger=two.other.ledger, actor="王芳")
    assert looks.side_by_side(there, case_id) == [side]
    assert looks.looked(there, case_id) == 1
    two.other.sync()
    two.sync()
    assert two.waits(case_id) == looks.InTheWay()
    assert looks.looked(two.desk, case_id) == 0


def test_a_look_can_be_taken_back_and_asks_again(two: Two) -> None:
    case_id = two.case()
    two.apart(case_id)
    two.sync()
    looks.looked(two.desk, case_id)
    assert undo_last(two.desk)[0].action == looks.LOOKED
    assert two.waits(case_id).looks == 1
    (found,) = [one for one in case_history(two.desk, case_id) if one.action == looks.FOUND]
    assert not found.undoable
    with pytest.raises(UserError, match="程序记下的"):
        undo(two.desk, found.changeset_id)


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ({"stated_workers": 38}, {"stated_workers": 38}),
        ({"source": Source.LETTER, "note": "那边的备注"}, {"stated_workers": 38}),
    ],
)
def test_what_is_no_legal_fact_or_the_same_asks_nobody(two: Two, theirs: Any, mine: Any) -> None:
    case_id = two.case()
    two.other.edit(Case, case_id, **theirs)
    two.edit(case_id, **mine)
    two.other.sync()
    two.sync()
    assert two.waits(case_id) == looks.InTheWay()


def test_one_after_another_asks_nobody(two: Two) -> None:
    case_id = two.case()
    two.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    two.other.sync()
    two.sync()
    two.edit(case_id, stated_workers=38)
    two.sync()
    two.other.sync()
    two.other.edit(Case, case_id, stage=Stage.RECTIFICATION)
    two.other.sync()
    two.sync()
    assert two.waits(case_id) == looks.InTheWay()
    assert not memory_of(two, apart.APART)


def test_what_was_long_received_back_is_not_apart(two: Two) -> None:
    case_id, elsewhere = two.case(), two.case()
    two.edit(case_id, stated_workers=38)
    two.sync()
    two.other.sync()
    two.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    two.edit(elsewhere, stated_workers=12)  # something waits, but not of this case
    two.other.sync()
    two.sync()
    assert two.waits(case_id) == looks.InTheWay()


def test_what_had_come_before_one_went_on_is_not_apart(two: Two) -> None:
    case_id, elsewhere = two.case(), two.case()
    two.edit(elsewhere, stated_workers=12)
    two.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    two.other.sync()
    with two.desk.ledger.read() as view:
        assert apart.is_due(view.connection)
    killed_after_receiving(two)
    two.edit(case_id, stated_workers=38)  # with their stage on the screen
    two.sync()
    assert two.waits(case_id) == looks.InTheWay()


def killed_after_receiving(two: Two) -> None:
    """The exchange came to its end, and the program did not get to look at it."""
    looks.begin(two.desk)
    Exchange(Talk(two.desk.ledger, two.line, now=two.desk.now)).run()


def test_only_what_neither_had_seen_stands_side_by_side(two: Two) -> None:
    case_id, elsewhere = two.case(), two.case()
    two.edit(elsewhere, stated_workers=12)
    two.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    two.other.sync()
    killed_after_receiving(two)
    two.edit(case_id, stated_workers=38)  # with their stage on the screen
    two.other.edit(Case, case_id, received_on=date(2026, 9, 1))
    two.other.sync()
    killed_after_receiving(two)
    two.edit(case_id, project_id=None, employer_id="employer-2")  # with their date on the screen
    looks.note(two.desk, whole=True)
    (side,) = looks.side_by_side(two.desk, case_id)
    assert [one.name for one in side.own] == ["案件：反映人数"]
    assert [one.name for one in side.other] == ["案件：受理日期"]


def memory_of(two: Two, key: str) -> Any:
    with two.desk.ledger.read() as view:
        return memory.get(view.connection, key)


def test_a_line_that_breaks_between_sending_and_receiving_hides_nothing(two: Two) -> None:
    case_id = two.case()
    two.apart(case_id)
    two.line.lose_reply_of = "pull"
    with pytest.raises(OutsideError):
        two.sync()
    assert two.waits(case_id) == looks.InTheWay()
    assert memory_of(two, apart.APART)
    two.sync()
    assert two.waits(case_id).looks == 1
    two.sync()
    assert two.waits(case_id).looks == 1  # found once


def test_rows_added_on_both_sides_count_too(two: Two) -> None:
    case_id = two.case()
    made = a_worker_claim(1, case_id=case_id)
    two.other.add(made.worker, made.private, made.claim)
    second = a_worker_claim(2, case_id=case_id)
    two.do(lambda uow: uow.add_all((second.worker, second.private, second.claim)))
    two.other.sync()
    two.sync()
    (side,) = looks.side_by_side(two.desk, case_id)
    assert {one.name for one in side.own} == {"新增劳动者", "新增劳动者身份信息", "新增工资明细"}
    assert "12,000.00 元" in next(one.new for one in side.other if one.name == "新增工资明细")
    assert made.worker.name not in str(side)
    assert made.private.id_number not in str(side)
    two.do(lambda uow: uow.remove(uow.get(WageClaim, second.claim.id)))
    assert "已删除" in {one.new for one in looks.side_by_side(two.desk, case_id)[0].own}


def test_a_conflict_is_asked_as_one_and_not_twice(two: Two) -> None:
    case_id = two.case()
    two.other.edit(Case, case_id, stated_workers=40)
    two.edit(case_id, stated_workers=38)
    two.other.sync()
    two.sync()
    assert two.waits(case_id) == looks.InTheWay(conflicts=1)
    (conflict,) = to_decide(two.desk)
    exchange.resolve(two.desk, conflict.id, "mine", "核对了名册", seen=conflict.mark)
    assert two.waits(case_id) == looks.InTheWay()  # answered: it is on its way


def test_the_guard_says_what_to_do(two: Two) -> None:
    case_id = two.case()
    two.apart(case_id)
    two.sync()
    with two.desk.ledger.read() as view:
        case = view.get(Case, case_id)
        looks.refuse(view, None, despite_disputes=False)
        with pytest.raises(UserError, match="请先看一眼再制发") as told:
            looks.refuse(view, case, despite_disputes=True)
    assert told.value.kind == "look"
    assert [one.case_id for one in looks.waiting_looks(two.desk)] == [case_id]


# ── issuing many, and the command line ───────────────────────────────────────────────────────
def found_apart(desk: Desk, case_id: str) -> None:
    """As an exchange writes it down."""
    facts = (f"case|{case_id}|stage",)
    with desk.work(looks.FOUND) as uow:
        uow.add(CaseLook(new_id(), case_id, "", "王芳", desk.today(), facts, facts))
        uow.commit()


def test_a_batch_passes_over_what_waits_and_goes_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    forms = [
        a_case_form(
            employer=f"演示{name}公司", credit_code="", lead_id=lead.id, assist_id=assist.id
        )
        for name in "甲乙"
    ]
    cases = [new_case(desk, form) for form in forms]
    meeting = {"attendee": "法定代表人", "interview_date": date(2026, 10, 13)}
    meeting |= {"interview_time": "09:30", "place": "会议室", "explain_by": date(2026, 10, 12)}
    drafts = [one.id for one in draft_meeting(desk, [case.id for case in cases], meeting)]
    found_apart(desk, cases[0].id)
    done = issue_all(desk, drafts)
    assert [paper.id for paper in done.papers] == drafts[1:]
    assert [(one.paper_id, one.kind) for one in done.passed_over] == [(drafts[0], "look")]
    with pytest.raises(UserError, match="请先看一眼"):
        issue(desk, drafts[0], despite_disputes=True)
    desk.ledger.close()


def test_the_command_line_refuses_shows_and_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = make_desk(tmp_path)
    case = new_case(desk, a_case_form())
    draft = start_draft(desk, case.id, "rectification_order").id
    found_apart(desk, case.id)
    desk.ledger.close()

    def asked(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run(["--json", "--data", str(tmp_path), *words], parts())
        told = capsys.readouterr()
        return code, json.loads(told.out or told.err)

    code, told = asked("paper", "issue", draft)
    assert (code, told["error"]["kind"]) == (1, "look")
    code, told = asked("case", "looked", case.case_no, "--show")
    assert (code, told["looked"], len(told["sides"])) == (0, False, 1)
    assert asked("case", "looked", case.case_no)[1]["looked"] is True
    assert asked("case", "looked", case.case_no)[1] == {
        "id": case.id, "case_no": case.case_no, "sides": [], "looked": False,
    }  # fmt: skip
    assert (
        asked("paper", "issue", draft)[1]["error"]["kind"] != "look"
    )  # what is missing comes next
