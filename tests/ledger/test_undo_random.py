"""Whatever is done, undoing step by step gives back every earlier state."""

import dataclasses
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import WageClaim, Worker, WorkerPrivate
from inspector_app.domain.papers import Paper
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import Entity
from tests.helpers.builders import a_case, a_project, a_worker_claim, an_employer
from tests.ledger.scenes import NOW, a_draft, everything

NOTES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
FEN = st.integers(0, 10**12)
PICK = st.integers(0, 10**6)


def one_of(things: list[Any], pick: int) -> Any:
    return things[pick % len(things)]


class Office(RuleBasedStateMachine):
    """Random work on one ledger; every state is remembered before it is left."""

    blank: Path

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(self.blank, Path(self.folder.name) / "cases.ledger"))
        self.ledger = Ledger.open(path)
        self.states: list[tuple[str, dict[str, list[str]]]] = []
        self.undone = 0
        self.act(lambda uow: uow.add_all([an_employer(), a_project(), a_case()]))

    def act(self, change: Any) -> None:
        before = everything(self.ledger)
        with self.ledger.work("演示", actor="演示", at=NOW) as uow:
            change(uow)
            done = uow.commit()
        if done.changeset_id:
            self.states.append((done.changeset_id, before))

    def all_of(self, cls: type[Entity]) -> list[Any]:
        with self.ledger.read() as view:
            return view.find(cls)

    @rule(note=NOTES, stage=st.sampled_from(Stage), fen=st.none() | FEN, pick=PICK)
    def change_a_case(self, note: str, stage: Stage, fen: int | None, pick: int) -> None:
        case = one_of(self.all_of(Case), pick)
        changed = dataclasses.replace(case, note=note, stage=stage, stated_fen=fen)
        self.act(lambda uow: uow.save(changed))

    @rule(due=FEN, pick=PICK, day=st.dates())
    def register_a_case_with_a_worker(self, due: int, pick: int, day: date) -> None:
        case = a_case(id=new_id(), case_no=new_id(), received_on=day)
        person = a_worker_claim(pick % 7, case_id=case.id, due_fen=due)
        worker = dataclasses.replace(person.worker, id=new_id())
        private = dataclasses.replace(person.private, id=worker.id)
        claim = dataclasses.replace(person.claim, id=new_id(), worker_id=worker.id)
        self.act(lambda uow: uow.add_all([case, worker, private, claim]))

    @precondition(lambda self: self.all_of(WageClaim))
    @rule(due=FEN, paid=FEN, pick=PICK)
    def change_a_claim(self, due: int, paid: int, pick: int) -> None:
        claim = one_of(self.all_of(WageClaim), pick)
        changed = dataclasses.replace(claim, due_fen=due, paid_fen=paid)
        self.act(lambda uow: uow.save(changed))

    @precondition(lambda self: self.all_of(Worker))
    @rule(pick=PICK)
    def strike_a_worker(self, pick: int) -> None:
        worker = one_of(self.all_of(Worker), pick)

        def strike(uow: Any) -> None:
            parts = uow.find(WageClaim, worker_id=worker.id) + uow.find(WorkerPrivate, id=worker.id)
            for part in [*parts, worker]:
                uow.remove(part)

        self.act(strike)

    @rule(text=NOTES)
    def type_a_draft(self, text: str) -> None:
        drafts = self.all_of(Paper)
        if drafts:
            typed = dataclasses.replace(drafts[0], values=f'{{"n": {len(text)}}}')
            self.act(lambda uow: uow.save(typed))
        else:
            self.act(lambda uow: uow.add(a_draft()))

    @precondition(lambda self: len(self.states) > 1)
    @rule(steps=st.integers(1, 4))
    def take_back(self, steps: int) -> None:
        for _ in range(min(steps, len(self.states) - 1)):
            changeset_id, before = self.states.pop()
            self.ledger.undo(changeset_id, actor="演示", at=NOW)
            assert everything(self.ledger) == before
            self.undone += 1

    @invariant()
    def the_trail_is_as_long_as_what_was_done(self) -> None:
        assert self.ledger.head()[0] == len(self.states) + 2 * self.undone

    def teardown(self) -> None:
        assert self.ledger.check() == []
        while self.states:
            changeset_id, before = self.states.pop()
            self.ledger.undo(changeset_id, actor="演示", at=NOW)
            assert everything(self.ledger) == before
        assert self.ledger.check() == []
        self.ledger.close()
        self.folder.cleanup()


def machine(blank: Path) -> type[Office]:
    return type("OfficeOnThisFile", (Office,), {"blank": blank})


def test_undoing_step_by_step_gives_back_every_earlier_state(blank_ledger: Path) -> None:
    run_state_machine_as_test(
        machine(blank_ledger),
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.long
def test_undoing_step_by_step_gives_back_every_earlier_state_at_length(blank_ledger: Path) -> None:
    run_state_machine_as_test(
        machine(blank_ledger),
        settings=settings(
            max_examples=60,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
