"""An action is taken back by a new one, unless something stands on it by now."""

import dataclasses
from datetime import date

import pytest

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.inspections import Inspection, InspectionKind
from inspector_app.domain.papers import NumberEntry, NumberState, PaperState
from inspector_app.errors import UserError
from inspector_app.ledger import history
from inspector_app.ledger.history import HistoryEntry
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.unit import Change
from tests.helpers.builders import CITY, COUNTY, a_case, a_clue, a_worker_claim, an_inspector
from tests.ledger.scenes import (
    NOW,
    a_draft,
    everything,
    issued,
    put,
    put_case,
    raw,
    save,
    take_away,
)


def last(ledger: Ledger) -> HistoryEntry:
    return ledger.history(limit=1)[0]


def undo(ledger: Ledger, entry: HistoryEntry) -> None:
    ledger.undo(entry.changeset_id, actor="演示监察员2", at=NOW)


def refused(ledger: Ledger, entry: HistoryEntry, reason: str) -> None:
    before = everything(ledger)
    assert not ledger_entry(ledger, entry.changeset_id).undoable
    with pytest.raises(UserError, match=reason):
        undo(ledger, entry)
    assert everything(ledger) == before


def ledger_entry(ledger: Ledger, changeset_id: str) -> HistoryEntry:
    return next(one for one in ledger.history() if one.changeset_id == changeset_id)


def test_a_change_is_taken_back_by_a_new_changeset(ledger: Ledger) -> None:
    case = put_case(ledger)
    before = everything(ledger)
    save(ledger, dataclasses.replace(case, note="错了", stage=Stage.INVESTIGATION), action="改错")
    wrong = last(ledger)
    assert wrong.undoable
    undo(ledger, wrong)
    assert everything(ledger) == before
    assert [entry.action for entry in ledger.history()] == ["撤销“改错”", "改错", "登记"]
    assert (last(ledger).undo_of, last(ledger).actor) == (wrong.changeset_id, "演示监察员2")
    assert ledger.check() == []


def test_a_registration_with_all_its_parts_is_taken_back(ledger: Ledger) -> None:
    put_case(ledger)
    before = everything(ledger)
    put(ledger, a_case(id="case-2", case_no="二"), *a_worker_claim(1, case_id="case-2"))
    undo(ledger, last(ledger))
    assert everything(ledger) == before
    with ledger.read() as view:
        assert view.search("演示工人") == []
        assert view.counts().cases == 1


def test_removed_parts_come_back(ledger: Ledger) -> None:
    put_case(ledger)
    lines = a_worker_claim(1)
    put(ledger, *lines)
    before = everything(ledger)
    take_away(ledger, lines.claim, lines.private, lines.worker)
    undo(ledger, last(ledger))
    assert everything(ledger) == before


def test_filing_a_clue_is_taken_back_though_the_clue_names_the_case(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_clue())
    before = everything(ledger)
    with ledger.work("立案", actor="演示监察员1", at=NOW) as uow:
        uow.add(a_case(id="case-2", case_no="二", clue_id="clue-1"))
        clue = uow.get(Clue, "clue-1")
        uow.save(dataclasses.replace(clue, state=ClueState.FILED, case_id="case-2"))
        uow.commit()
    undo(ledger, last(ledger))
    assert everything(ledger) == before


def test_an_undo_can_be_taken_back_but_is_not_offered(ledger: Ledger) -> None:
    case = put_case(ledger)
    save(ledger, dataclasses.replace(case, note="演示"))
    after = everything(ledger)
    change = last(ledger)
    undo(ledger, change)
    assert not last(ledger).undoable
    undo(ledger, last(ledger))
    assert everything(ledger) == after
    assert ledger_entry(ledger, change.changeset_id).undoable


def test_what_was_undone_is_not_undone_again(ledger: Ledger) -> None:
    case = put_case(ledger)
    save(ledger, dataclasses.replace(case, note="演示"))
    change = last(ledger)
    undo(ledger, change)
    refused(ledger, change, "后来又改过")


def test_a_field_changed_since_keeps_the_action(ledger: Ledger) -> None:
    case = put_case(ledger)
    save(ledger, dataclasses.replace(case, note="一"))
    change = last(ledger)
    save(ledger, dataclasses.replace(case, note="二"))
    refused(ledger, change, "后来又改过")


def test_a_later_change_of_another_fact_does_not_matter(ledger: Ledger) -> None:
    case = put_case(ledger)
    save(ledger, dataclasses.replace(case, note="一"))
    change = last(ledger)
    save(ledger, dataclasses.replace(case, note="一", cause="克扣工资"))
    undo(ledger, change)
    with ledger.read() as view:
        assert view.get(Case, case.id) == dataclasses.replace(case, cause="克扣工资")


def test_a_later_change_in_the_same_merge_group_keeps_the_action(ledger: Ledger) -> None:
    put_case(ledger)
    lines = a_worker_claim(1)
    put(ledger, *lines)
    more = dataclasses.replace(lines.claim, due_fen=9_000_000)
    save(ledger, more)
    change = last(ledger)
    save(ledger, dataclasses.replace(more, paid_fen=5))
    refused(ledger, change, "后来又改过")
    with ledger.read() as view:
        assert view.get(WageClaim, "claim-1").due_fen == 9_000_000


def test_a_row_changed_since_its_registration_keeps_the_registration(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_case(id="case-2", case_no="二"))
    made = last(ledger)
    save(ledger, a_case(id="case-2", case_no="二", note="演示"))
    refused(ledger, made, "后来又改过")


def test_a_worker_with_a_claim_stays(ledger: Ledger) -> None:
    put_case(ledger)
    lines = a_worker_claim(1)
    put(ledger, lines.worker)
    made = last(ledger)
    put(ledger, lines.claim)
    refused(ledger, made, "后来的登记用到了")
    with ledger.read() as view:
        assert view.find(Worker) == [lines.worker]


def test_an_employer_with_a_later_case_stays(ledger: Ledger) -> None:
    put_case(ledger)
    made = last(ledger)
    put(ledger, a_case(id="case-2", case_no="二"))
    refused(ledger, made, "后来的登记用到了")


def test_an_inspector_who_inspected_stays(ledger: Ledger) -> None:
    put(ledger, an_inspector(1))
    made = last(ledger)
    visit = Inspection(
        "inspection-1",
        COUNTY,
        CITY,
        "construction",
        "1",
        InspectionKind.ROUTINE,
        date(2026, 9, 21),
        inspector_ids=("inspector-1", "inspector-2"),
    )
    put(ledger, visit)
    refused(ledger, made, "后来的登记用到了")


def test_a_removed_part_whose_root_is_gone_stays_gone(ledger: Ledger) -> None:
    put_case(ledger)
    worker = a_worker_claim(1).worker
    put(ledger, worker)
    take_away(ledger, worker)
    removal = last(ledger)
    stranger = raw(ledger.path)
    stranger.execute('DELETE FROM "case"')
    stranger.close()
    with pytest.raises(UserError, match="所属的内容已不在"):
        undo(ledger, removal)


def test_an_issued_paper_is_not_taken_back(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_draft())
    paper, entry = issued(a_draft())
    save(ledger, dataclasses.replace(paper, number=""))
    refused(ledger, last(ledger), "制发或作废了文书")
    put(ledger, dataclasses.replace(entry, paper_id="case-1"))
    refused(ledger, last(ledger), "取用了文书编号")


def test_a_void_paper_is_not_taken_back(ledger: Ledger) -> None:
    put_case(ledger)
    paper, entry = issued(a_draft())
    put(ledger, paper, entry)
    void = dataclasses.replace(paper, state=PaperState.VOID, void_reason="演示")
    save(ledger, void)
    refused(ledger, last(ledger), "制发或作废了文书")
    save(ledger, dataclasses.replace(entry, state=NumberState.VOID, reason="演示"))
    refused(ledger, last(ledger), "取用了文书编号")


def test_a_registration_taken_back_leaves_its_number_void_in_the_register(ledger: Ledger) -> None:
    put_case(ledger)
    taken = NumberEntry("n-2", "case", 2026, 2, NumberState.ISSUED, CITY, CITY, "case-2")
    passed = NumberEntry("n-1", "case", 2026, 1, NumberState.VOID, CITY, CITY, None, "已用此号")
    put(ledger, passed, taken, a_case(id="case-2", case_no="二"))
    undo(ledger, last(ledger))
    with ledger.read() as view:
        entries = {one.id: one for one in view.find(NumberEntry)}
        assert view.peek(Case, "case-2") is None
    assert entries["n-1"] == passed
    assert (entries["n-2"].state, entries["n-2"].paper_id) == (NumberState.VOID, None)
    assert ledger.check() == []
    with pytest.raises(UserError, match="取用了文书编号"):
        undo(ledger, last(ledger))


def test_an_unknown_action_is_told(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="没有找到这一步"):
        ledger.undo("nothing", actor="演示", at=NOW)


def test_a_big_step_shows_its_first_ops_and_is_looked_at_closely_when_taken_back(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "OPS_SHOWN", 2)
    case = put_case(ledger)
    before = everything(ledger)
    put(ledger, *a_worker_claim(1))
    step = last(ledger)
    assert (len(step.ops), step.op_count, step.undoable) == (2, 3, True)
    undo(ledger, step)
    assert everything(ledger) == before
    assert not ledger_entry(ledger, step.changeset_id).undoable
    registration = ledger_entry(ledger, ledger.history("employer")[0].changeset_id)
    save(ledger, dataclasses.replace(case, note="演示"))
    assert registration.undoable
    with pytest.raises(UserError, match="后来又改过"):
        undo(ledger, registration)


def test_what_changed_since_a_step_is_told(ledger: Ledger) -> None:
    case = put_case(ledger)
    seq, _ = ledger.head()
    assert ledger.touched_since(seq) == ()
    assert ledger.changesets_since(seq) == ()
    first = put(ledger, *a_worker_claim(1), a_clue())
    second = save(ledger, dataclasses.replace(case, note="演示"))
    assert set(ledger.touched_since(seq)) == {Change("case", "case-1"), Change("clue", "clue-1")}
    assert ledger.changesets_since(seq) == (first.changeset_id, second.changeset_id)
    assert ledger.changesets_since(seq + 1) == (second.changeset_id,)


def test_the_history_of_a_case_holds_its_own_ops_only(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_case(id="case-2", case_no="二"), *a_worker_claim(1))
    newest, oldest = ledger.history("case", "case-1")
    assert [op.t for op in newest.ops] == ["worker", "worker_private", "wage_claim"]
    assert [op.t for op in oldest.ops] == ["case"]
    assert [entry.seq for entry in ledger.history("employer")] == [1]
    assert [entry.seq for entry in ledger.history("case", "case-1", limit=1)] == [2]
    assert ledger.history("clue", "case-1") == []
