"""The window's 撤销 looks for the newest own action and judges no more than it must."""

import dataclasses
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from inspector_app.ledger import history, undo
from inspector_app.ledger.changes import Op
from inspector_app.ledger.ledger import Ledger
from tests.helpers.builders import a_clue
from tests.ledger.scenes import NOW, put, put_case, save


def test_the_newest_own_action_is_found_without_judging_the_older_ones(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = put_case(ledger)
    put(ledger, a_clue())
    mine = save(ledger, dataclasses.replace(case, note="演示"))
    with ledger.work("改", actor="演示监察员2", at=NOW) as uow:
        uow.save(dataclasses.replace(case, note="演示", facts="演示"))
        uow.commit()
    judged: list[object] = []

    def refusal(connection: Connection, ops: Sequence[Op]) -> str | None:
        judged.append(ops)
        return undo.refusal(connection, ops)

    monkeypatch.setattr(history, "refusal", refusal)
    found = ledger.last_undoable("演示监察员1")
    assert found is not None
    assert (found.changeset_id, found.undoable, len(judged)) == (mine.changeset_id, True, 1)
    ledger.undo(found.changeset_id, actor="演示监察员2", at=NOW)
    before = ledger.last_undoable("演示监察员1")
    assert before is not None
    assert before.ops[0].t == "clue"
    assert ledger.last_undoable("演示监察员1", limit=2) is None
    assert ledger.last_undoable("演示监察员9") is None
