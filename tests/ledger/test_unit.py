"""A unit of work happens whole or not at all, and leaves exactly one changeset."""

import dataclasses

import pytest
import sqlalchemy.exc

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.claims import WageClaim, Worker, WorkerPrivate
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.domain.parties import Employer
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.unit import Change, Committed
from tests.helpers.builders import CITY, COUNTY, a_case, a_worker_claim, an_employer
from tests.ledger.scenes import NOW, a_draft, everything, issued, put, put_case, save, take_away


def test_what_is_committed_is_read_back(ledger: Ledger) -> None:
    case = put_case(ledger)
    with ledger.read() as view:
        assert view.get(Case, case.id) == case
        assert view.peek(Case, case.id) == case
        assert view.peek(Case, "nobody") is None


def test_without_commit_nothing_happened(ledger: Ledger) -> None:
    before = everything(ledger)
    with ledger.work("登记", actor="演示监察员1", at=NOW) as uow:
        uow.add(an_employer())
        assert uow.get(Employer, "employer-1")
    assert everything(ledger) == before
    assert ledger.head()[0] == 0


def test_a_bug_inside_rolls_back(ledger: Ledger) -> None:
    before = everything(ledger)

    def half_a_registration() -> None:
        with ledger.work("登记", actor="演示", at=NOW) as uow:
            uow.add(an_employer())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_registration()
    assert everything(ledger) == before
    put_case(ledger)


def test_a_commit_says_which_aggregates_changed(ledger: Ledger) -> None:
    put_case(ledger)
    done = put(ledger, *a_worker_claim(1), *a_worker_claim(2))
    assert done.changes == (Change("case", "case-1"),)
    assert done.changeset_id == ledger.history()[0].changeset_id


def test_many_changes_of_one_action_make_one_changeset(ledger: Ledger) -> None:
    case = put_case(ledger)
    with ledger.work("改两次", actor="演示监察员1", at=NOW, why="演示理由") as uow:
        uow.save(dataclasses.replace(case, note="一"))
        uow.save(dataclasses.replace(case, note="二"))
        uow.add(a_worker_claim(1).worker)
        uow.commit()
    (entry, first) = ledger.history()
    assert (entry.seq, first.seq) == (2, 1)
    assert (entry.action, entry.actor, entry.why, entry.at) == (
        "改两次",
        "演示监察员1",
        "演示理由",
        NOW,
    )
    assert entry.device == "pc-1"
    assert [(op.k, op.t) for op in entry.ops] == [("upd", "case"), ("ins", "worker")]
    assert entry.ops[0].c == {"note": ("", "二")}


def test_nothing_changed_makes_no_changeset(ledger: Ledger) -> None:
    case = put_case(ledger)
    assert save(ledger, case) == Committed("", ())
    with ledger.work("来回改", actor="演示监察员1", at=NOW) as uow:
        uow.save(dataclasses.replace(case, note="一"))
        uow.save(case)
        worker = a_worker_claim(1).worker
        uow.add(worker)
        uow.remove(worker)
        assert uow.commit() == Committed("", ())
    assert ledger.head()[0] == 1
    assert ledger.check() == []


def test_save_touches_only_the_fields_that_differ(ledger: Ledger) -> None:
    case = put_case(ledger)
    save(ledger, dataclasses.replace(case, stated_fen=1, source=Source.PETITION))
    (op,) = ledger.history()[0].ops
    assert op.c == {"stated_fen": (86_420_000, 1), "source": ("visit", "petition")}
    assert op.gb == {"stated_workers": 37, "stated_amount": ""}
    assert (op.root, op.root_type, op.scope) == (case.id, "case", COUNTY)


def test_find_takes_words_none_and_sets_and_keeps_the_given_order(ledger: Ledger) -> None:
    put_case(ledger)
    second, first = a_worker_claim(2), a_worker_claim(1)
    put(ledger, *second, *first)
    with ledger.read() as view:
        assert [one.id for one in view.find(Worker, case_id="case-1")] == ["worker-1", "worker-2"]
        assert view.find(Worker, id={"worker-2"}) == [second.worker]
        assert [one.id for one in view.find(Case, source=Source.VISIT, clue_id=None)] == ["case-1"]
        assert view.find(Case, filed_on=None, lead_id="x") == []
        assert view.first(Worker, name="演示工人2") == second.worker
        assert view.first(Worker, name="没有此人") is None
        assert view.find_in(WageClaim, "worker_id", ["worker-1", "worker-9"]) == [first.claim]


def test_a_missing_thing_is_told_to_the_user(ledger: Ledger) -> None:
    with ledger.read() as view, pytest.raises(UserError, match="没有找到这条案件") as told:
        view.get(Case, new_id())
    assert told.value.kind == "not_found"


def test_saving_what_was_never_added_is_a_bug(ledger: Ledger) -> None:
    with (
        pytest.raises(KeyError, match="add it first"),
        ledger.work("改", actor="演示", at=NOW) as uow,
    ):
        uow.save(an_employer())


def test_a_part_needs_its_root(ledger: Ledger) -> None:
    with (
        pytest.raises(KeyError, match="case case-1 is not stored"),
        ledger.work("加", actor="演示", at=NOW) as uow,
    ):
        uow.add(a_worker_claim(1).worker)


def test_parts_bear_the_city_of_their_root(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, *a_worker_claim(1))
    with ledger.read() as view:
        cities = view.connection.exec_driver_sql("SELECT city FROM wage_claim").scalars().all()
    assert cities == [CITY]


def test_parts_and_drafts_can_be_removed(ledger: Ledger) -> None:
    put_case(ledger)
    lines = a_worker_claim(1)
    put(ledger, *lines, a_draft())
    take_away(ledger, lines.claim, lines.private, lines.worker, a_draft())
    with ledger.read() as view:
        assert view.find(Worker) == view.find(WorkerPrivate) == view.find(Paper) == []
    assert [op.k for op in ledger.history()[0].ops] == ["del"] * 4


def test_roots_are_never_removed(ledger: Ledger) -> None:
    case = put_case(ledger)
    with pytest.raises(TypeError, match="a case is never deleted"):
        take_away(ledger, case)


def test_removing_what_is_not_there_is_a_bug(ledger: Ledger) -> None:
    put_case(ledger)
    with pytest.raises(KeyError, match="worker-1 is not stored"):
        take_away(ledger, a_worker_claim(1).worker)


def test_an_issued_paper_is_not_removed(ledger: Ledger) -> None:
    put_case(ledger)
    paper, entry = issued(a_draft())
    put(ledger, paper, entry)
    with pytest.raises(UserError, match="只能作废"):
        take_away(ledger, a_draft())


@pytest.mark.parametrize(
    "change",
    [
        {"values": '{"deadline":"2027-01-01"}'},
        {"number": "平人社监令〔2026〕9号"},
        {"sha256": "b" * 64},
        {"state": PaperState.DRAFT},
    ],
)
def test_an_issued_paper_never_changes(ledger: Ledger, change: dict[str, object]) -> None:
    put_case(ledger)
    paper, entry = issued(a_draft())
    put(ledger, paper, entry)
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="an issued paper never changes"):
        save(ledger, dataclasses.replace(paper, **change))


def test_an_issued_paper_is_voided_once_with_a_reason(ledger: Ledger) -> None:
    put_case(ledger)
    paper, entry = issued(a_draft())
    put(ledger, paper, entry)
    void = dataclasses.replace(
        paper, state=PaperState.VOID, void_reason="演示", voided_on=paper.issued_on
    )
    save(ledger, void, dataclasses.replace(entry, state=NumberState.VOID, reason="演示"))
    assert ledger.check() == []
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="never changes"):
        save(ledger, dataclasses.replace(void, state=PaperState.ISSUED))


def test_a_number_is_neither_changed_nor_given_back(ledger: Ledger) -> None:
    put_case(ledger)
    paper, entry = issued(a_draft())
    put(ledger, paper, entry)
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="a number never changes"):
        save(ledger, dataclasses.replace(entry, no=7))
    with (
        pytest.raises(sqlalchemy.exc.IntegrityError, match="never given back"),
        ledger.work("删号", actor="演示", at=NOW) as uow,
    ):
        uow.connection.exec_driver_sql("DELETE FROM number_entry")


def test_numbers_follow_each_other_within_series_year_and_scope(ledger: Ledger) -> None:
    put_case(ledger)
    with ledger.work("取号", actor="演示", at=NOW) as uow:
        for number in (1, 2):
            assert uow.next_no("order", 2026, COUNTY) == number
            uow.add(
                NumberEntry(
                    new_id(), "order", 2026, number, NumberState.VOID, COUNTY, CITY, None, "演示"
                )
            )
        assert uow.next_no("order", 2027, COUNTY) == 1
        assert uow.next_no("notice", 2026, COUNTY) == 1
        assert uow.next_no("order", 2026, CITY) == 1
        uow.commit()
    with ledger.work("取号", actor="演示", at=NOW) as uow:
        assert uow.next_no("order", 2026, COUNTY) == 3


def test_a_finished_unit_of_work_takes_nothing_more(ledger: Ledger) -> None:
    with ledger.work("登记", actor="演示", at=NOW) as uow:
        uow.add(an_employer())
        uow.commit()
        for late in (uow.commit, lambda: uow.add(a_case()), lambda: uow.save(an_employer())):
            with pytest.raises(RuntimeError, match="is over"):
                late()


def test_ids_sort_by_the_moment_they_were_made() -> None:
    ids = [new_id() for _ in range(200)]
    assert ids == sorted(ids)
    assert {one[14] for one in ids} == {"7"}
