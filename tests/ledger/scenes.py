"""Short ways to put things into a ledger and to look at all of it."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import Entity
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.ledger.unit import Committed
from tests.helpers.builders import CITY, COUNTY, a_case, a_project, an_employer

NOW = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)


def put(ledger: Ledger, *entities: Entity, action: str = "登记", why: str = "") -> Committed:
    """Add things in one unit of work."""
    with ledger.work(action, actor="演示监察员1", at=NOW, why=why) as uow:
        uow.add_all(entities)
        return uow.commit()


def save(ledger: Ledger, *entities: Entity, action: str = "修改") -> Committed:
    """Save things in one unit of work."""
    with ledger.work(action, actor="演示监察员1", at=NOW) as uow:
        for entity in entities:
            uow.save(entity)
        return uow.commit()


def take_away(ledger: Ledger, *entities: Entity) -> Committed:
    """Remove things in one unit of work."""
    with ledger.work("删除", actor="演示监察员1", at=NOW) as uow:
        for entity in entities:
            uow.remove(entity)
        return uow.commit()


def put_case(ledger: Ledger, **changes: Any) -> Case:
    """A case with its employer and project."""
    case = a_case(**changes)
    put(ledger, an_employer(), a_project(), case)
    return case


def a_draft(paper_id: str = "paper-1", **changes: Any) -> Paper:
    """A draft order of case-1."""
    values = {"id": paper_id, "case_id": "case-1", "kind": "rectification_order"}
    rest = {"form_version": "1", "state": PaperState.DRAFT, "values": "{}"}
    return Paper(**{**values, **rest, **changes})


def issued(paper: Paper, no: int = 1, **changes: Any) -> tuple[Paper, NumberEntry]:
    """That draft issued under number `no`, with its entry in the register."""
    number = f"平人社监令〔2026〕{no}号"
    made = {"state": PaperState.ISSUED, "number": number, "sha256": "a" * 64, "pages": 1}
    day = {"issued_on": date(2026, 9, 22), "issued_by": "演示监察员1"}
    fields = {name: getattr(paper, name) for name in Paper.__slots__}
    entry = NumberEntry(
        f"number-{no}", "order", 2026, no, NumberState.ISSUED, COUNTY, CITY, paper_id=paper.id
    )
    return Paper(**{**fields, **made, **day, **changes}), entry


def raw(path: Path) -> Any:
    """A connection that knows nothing of the program, as a stranger's tool would have it."""
    return dbapi2.connect(str(path), isolation_level=None, timeout=0)


def tamper(path: Path, sql: str, values: Iterable[Any] = ()) -> None:
    """Change the file behind the program's back, with the guards taken off and put on again."""
    connection = raw(path)
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    kept = guards.fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql, tuple(values))
    for _, trigger in kept:
        connection.execute(trigger)
    connection.close()


def everything(ledger: Ledger) -> dict[str, list[str]]:
    """All business rows as text, for comparing two moments."""
    with ledger.read() as view:
        return {
            table.name: sorted(
                json.dumps(list(row), ensure_ascii=False)
                for row in view.connection.execute(select(*business_columns(table)))
            )
            for table in BUSINESS
        }
