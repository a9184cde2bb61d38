"""A draft that two PCs issued: the page that was not chosen stays, void, with number and reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.errors import OutsideError
from inspector_app.papers.qr import code_text, fingerprint
from inspector_app.services import papers
from inspector_app.services.cases import new_case
from inspector_app.services.check import check
from inspector_app.services.choices import to_decide
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.exchange import resolve, sync_now
from inspector_app.services.issuing import issue, pdf, verify, verify_code
from inspector_app.services.number_register import Fate, register
from inspector_app.services.number_stock import NumbersOut, get_more
from inspector_app.services.settings import save
from tests.helpers.builders import CITY
from tests.helpers.desks import COUNTY, REACHED, a_case_form, make_desk, two_inspectors
from tests.sync.client.printing import disputed, draft, print_it, told
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A, B, Pc

Make = Callable[[str], Pc]
WHY = "先送达的为准"


@pytest.fixture
def server() -> FakeServer:
    return FakeServer(GRANTS, leased=True)


def settled(*pcs: Pc) -> None:
    for pc in (*pcs, *pcs):
        pc.sync()


@pytest.mark.parametrize(("take", "chooser"), [("mine", 0), ("theirs", 1)])
def test_the_page_not_chosen_stays_void_with_its_number(
    pc: Make, server: FakeServer, take: str, chooser: int
) -> None:
    one, two, paper_id, nos = disputed(pc)
    both = (one, two)
    settled(one, two)
    assert [len(here.find(Paper)) for here in both] == [1, 1], "before somebody has chosen"
    both[chooser].resolve(two.conflicts()[0].id, take, WHY)
    settled(both[chooser], both[1 - chooser])
    won, lost = (nos[1], nos[0]) if take == "mine" else nos
    for here in both:
        (kept,) = [one for one in here.find(Paper) if one.id != paper_id]
        assert (kept.state, kept.number, kept.sha256) == (PaperState.VOID, *told(lost))
        assert kept.void_reason == f"同一文书在两台电脑各制发一份，选用了{told(won)[0]}：{WHY}"
        assert kept.voided_on == date(2026, 9, 21)
        assert (kept.case_id, kept.kind, kept.pages) == (one.find(Case)[0].id, "notice", 1)
        with here.ledger.read() as view:
            row = view.get(Paper, paper_id)
        assert (row.state, row.number, row.sha256) == (PaperState.ISSUED, *told(won))
        entries = {one.no: (one.state, one.paper_id) for one in here.find(NumberEntry)}
        assert entries == {
            won: (NumberState.ISSUED, paper_id), lost: (NumberState.VOID, kept.id)
        }  # fmt: skip
        assert here.ledger.check() == []
    assert one.rows() == two.rows()
    assert not any(here.conflicts() or here.refused() for here in both)


def test_whoever_comes_next_keeps_it_when_the_chooser_does_not(
    pc: Make, server: FakeServer
) -> None:
    """The chooser's program ends between the answer and its next step, for good or for a while."""
    one, two, paper_id, nos = disputed(pc)
    two.resolve(two.conflicts()[0].id, "theirs", WHY)
    two.line.lose_reply_of = "push"
    with pytest.raises(OutsideError):
        two.sync()
    settled(one)
    (kept,) = [each for each in one.find(Paper) if each.id != paper_id]
    assert (kept.state, kept.number) == (PaperState.VOID, told(nos[1])[0])
    settled(two, one)
    assert one.rows() == two.rows()
    assert (one.ledger.check(), two.ledger.check()) == ([], [])


def test_two_that_keep_it_at_once_make_one_paper(pc: Make, server: FakeServer) -> None:
    one, two, *_ = disputed(pc)
    two.resolve(two.conflicts()[0].id, "theirs", WHY)
    push, told_of = two.line.push, []

    def push_once(device: str, sets: Sequence[Mapping[str, Any]]) -> list[Any]:
        if told_of:
            raise OutsideError("线断了", kind="connection")
        told_of.append(sets)
        return push(device, sets)  # type: ignore[no-any-return]  # the line of a test

    two.line.push = push_once
    with pytest.raises(OutsideError):
        two.sync()
    two.line.push = push
    assert len(two.find(Paper)) == 2
    assert one.sync().pushed > 0
    assert sorted(one.find(Paper), key=str) == sorted(two.find(Paper), key=str)
    settled(two, one)
    assert one.rows() == two.rows()
    assert not [*one.conflicts(), *two.conflicts(), *two.refused()]


def test_who_may_only_read_writes_nothing(pc: Make, server: FakeServer) -> None:
    one, two, *_ = disputed(pc)
    server.grants["b1"] = {A: False}
    reader = pc("b1")
    two.resolve(two.conflicts()[0].id, "theirs", WHY)
    two.line.lose_reply_of = "push"
    with pytest.raises(OutsideError):
        two.sync()
    report = reader.sync()
    assert (report.held, len(reader.find(Paper))) == (0, 1)
    settled(two, one, reader)
    assert len(reader.find(Paper)) == 2


def test_three_pcs_that_issued_it_leave_two_void_pages(pc: Make, server: FakeServer) -> None:
    server.grants["a3"] = {A: True}
    three = pc("a3")
    one, two, paper_id, nos = disputed(pc, three)
    third = print_it(three, paper_id)
    three.sync()
    for here in (two, three):
        here.sync()
        mine = next(each for each in here.conflicts() if each.mine_by == here.me)
        here.resolve(mine.id, "mine", WHY)
        here.sync()
    settled(one, two, three)
    assert one.find(Paper, id=paper_id)[0].number == told(third)[0]
    void = {each.number for each in one.find(Paper) if each.state is PaperState.VOID}
    assert void == {told(no)[0] for no in nos}
    assert one.rows() == two.rows() == three.rows()
    assert [here.ledger.check() for here in (one, two, three)] == [[], [], []]


def test_a_page_of_a_draft_that_somebody_deleted_stays(pc: Make, server: FakeServer) -> None:
    one, two, paper_id = draft(pc)
    one.remove(Paper, paper_id)
    no = print_it(two, paper_id)
    settled(one, two)
    (open_one,) = two.conflicts()
    two.resolve(open_one.id, "theirs", WHY)
    settled(two, one)
    for here in (one, two):
        (kept,) = here.find(Paper)
        assert (kept.state, kept.number, kept.sha256) == (PaperState.VOID, *told(no))
        assert kept.void_reason == f"文书草稿已在另一台电脑删除：{WHY}"
        (entry,) = here.find(NumberEntry)
        assert (entry.state, entry.paper_id) == (NumberState.VOID, kept.id)
        assert here.ledger.check() == []


def test_a_page_keeps_the_words_it_was_printed_with(pc: Make, server: FakeServer) -> None:
    one, two, paper_id = draft(pc)
    one.edit(Paper, paper_id, values='{"facts":"甲"}')
    two.edit(Paper, paper_id, values='{"facts":"乙"}')
    print_it(one, paper_id)
    print_it(two, paper_id)
    one.sync()
    two.sync()
    for each in two.conflicts():
        two.resolve(each.id, "theirs", WHY)
    settled(two, one)
    for here in (one, two):
        said = {each.state: each.values for each in here.find(Paper)}
        assert said == {
            PaperState.ISSUED: '{"facts":"甲"}', PaperState.VOID: '{"facts":"乙"}'
        }  # fmt: skip


def test_a_page_with_the_same_number_is_kept_without_it(pc: Make, server: FakeServer) -> None:
    """The number was reserved for a text edited outside, then both printed it."""
    one, two, paper_id = draft(pc)
    no = print_it(one, paper_id, PaperState.DRAFT)
    settled(one, two)
    for here, sha256 in ((one, "1" * 64), (two, "2" * 64)):
        day, issued = date(2026, 9, 21), PaperState.ISSUED
        here.edit(Paper, paper_id, state=issued, issued_on=day, sha256=sha256)
    one.sync()
    two.sync()
    two.resolve(two.conflicts()[0].id, "mine", WHY)
    settled(two, one)
    for here in (one, two):
        (kept,) = [each for each in here.find(Paper) if each.id != paper_id]
        assert (kept.number, kept.sha256) == ("", "1" * 64)
        reason = f"同一文书在两台电脑各制发一份，选用了另一份：{WHY}（字号同为{told(no)[0]}）"
        assert kept.void_reason == reason
        assert here.ledger.check() == []


def test_a_number_reserved_for_the_same_draft_is_void(pc: Make, server: FakeServer) -> None:
    one, two, paper_id = draft(pc)
    reserved = print_it(one, paper_id, PaperState.DRAFT)
    used = print_it(two, paper_id)
    settled(one, two)
    two.resolve(two.conflicts()[0].id, "mine", WHY)
    settled(two, one)
    for here in (one, two):
        assert [each.number for each in here.find(Paper)] == [told(used)[0]]
        entries = {each.no: (each.state, each.paper_id) for each in here.find(NumberEntry)}
        assert entries == {
            used: (NumberState.ISSUED, paper_id), reserved: (NumberState.VOID, None)
        }  # fmt: skip
        assert here.ledger.check() == []


def test_a_case_that_left_meanwhile_is_kept_where_it_is(pc: Make, server: FakeServer) -> None:
    one, two, _, nos = disputed(pc)
    city = pc("city")
    city.sync()
    city.resolve(city.conflicts()[0].id, "theirs", WHY)
    city.line.lose_reply_of = "push"
    with pytest.raises(OutsideError):
        city.sync()
    city.edit(Case, one.find(Case)[0].id, scope=B)
    settled(city, one, two)
    assert len(city.find(Paper)) == 2
    assert (one.find(Paper), two.find(Paper)) == ([], [])
    states = {each.no: each.state for each in one.find(NumberEntry)}
    assert states == {nos[0]: NumberState.ISSUED, nos[1]: NumberState.VOID}
    assert [here.ledger.check() for here in (one, city)] == [[], []]


def test_the_printed_page_that_was_not_chosen_says_what_it_is(tmp_path: Path) -> None:
    """As an inspector sees it: real pages, the register, verify, check, on both PCs."""
    server = FakeServer({who: {CITY: True, COUNTY: True} for who in ("a1", "a2")}, leased=True)
    desks = {}
    for me in ("a1", "a2"):
        (tmp_path / me).mkdir()
        desks[me] = replace(make_desk(tmp_path / me), demo=False)

    def sync(*names: str) -> None:
        for me in names:
            sync_now(desks[me], FakeTransport(server, me))

    one, two = desks.values()
    sync("a1")
    lead, assist = two_inspectors(one)
    save(one, REACHED)
    case = new_case(one, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(one, case.id, [ClaimForm("王演示", 1_000_000)])
    paper_id = papers.start_draft(one, case.id, "rectification_order").id
    sync("a1", "a2")
    for me, desk in desks.items():
        with pytest.raises(NumbersOut) as out:
            issue(desk, paper_id)
        get_more(desk, FakeTransport(server, me), out.value.needs)
    numbers = [issue(desk, paper_id).number for desk in (one, two)]
    printed = tmp_path / "two.pdf"
    printed.write_bytes(pdf(two, paper_id))
    theirs = papers.draft_sheet(two, paper_id).paper
    stamp = (theirs.kind, theirs.form_version, theirs.number, theirs.issued_on, theirs.values)
    code = code_text(theirs.number, fingerprint(*stamp))
    sync("a1", "a2", "a1")
    for each in to_decide(two):
        resolve(two, each.id, "theirs", WHY, seen=each.mark)
    sync("a2", "a1", "a2")
    reason = f"同一文书在两台电脑各制发一份，选用了{numbers[0]}：{WHY}"
    for desk in (one, two):
        said = verify(desk, printed)
        assert (said.ok, said.number, said.reason) == (
            False, numbers[1], f"该文书已作废：{reason}。"
        )  # fmt: skip
        assert verify_code(desk, code).reason == said.reason
        rows = [row for row in register(desk, 2026) if row.bearer in numbers]
        assert [(row.fate, row.bearer, row.reason) for row in rows] == [
            (Fate.ISSUED, numbers[0], ""), (Fate.VOID, numbers[1], reason)
        ]  # fmt: skip
        assert check(desk) == []
        assert papers.draft_sheet(desk, paper_id).paper.number == numbers[0]
    assert two.files.get(said.sha256) == printed.read_bytes()
    for desk in (one, two):
        desk.ledger.close()
