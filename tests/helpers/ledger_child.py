"""A program that works on a ledger until it is killed; it says on stdout what is committed.

Run as `python -m tests.helpers.ledger_child LEDGER FILES drafts|issue COUNT`.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.unit import UnitOfWork
from tests.helpers.builders import CITY, COUNTY, a_case, a_project, an_employer

NOW = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)


def say(**what: object) -> None:
    """Tell the parent what is now safe."""
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def a_draft(paper_id: str) -> Paper:
    """An empty draft order of case-1."""
    return Paper(paper_id, "case-1", "rectification_order", "1", PaperState.DRAFT, "{}")


def prepare(ledger: Ledger) -> None:
    """The case everything belongs to."""
    with ledger.work("登记", actor="演示", at=NOW) as uow:
        uow.add_all([an_employer(), a_project(), a_case(), a_draft("paper-typed")])
        uow.commit()
    say(ready=True)


def type_draft(ledger: Ledger, count: int) -> None:
    """Save one draft again and again, as it saves itself while somebody types."""
    for number in range(1, count + 1):
        with ledger.work("编写文书", actor="演示", at=NOW) as uow:
            draft = uow.get(Paper, "paper-typed")
            uow.save(replace(draft, values=json.dumps({"facts": "演示" * number})))
            uow.commit()
        say(saved=number)


def number_of(uow: UnitOfWork, paper_id: str) -> str:
    """Take the next number and enter it in the register."""
    no = uow.next_no("order", 2026, COUNTY)
    entry = NumberEntry(new_id(), "order", 2026, no, NumberState.ISSUED, COUNTY, CITY, paper_id)
    uow.add(entry)
    return f"演示令〔2026〕{no}号"


def issue_papers(ledger: Ledger, files: FileStore, count: int) -> None:
    """Issue one paper after another: page stored first, then number and paper in one commit."""
    for _ in range(count):
        paper = a_draft(new_id())
        with ledger.work("起草", actor="演示", at=NOW) as uow:
            uow.add(paper)
            uow.commit()
        with ledger.work("制发文书", actor="演示", at=NOW) as uow:
            number = number_of(uow, paper.id)
            page = f"%PDF-1.7 演示 {number} {paper.id}".encode()
            issued = replace(
                paper,
                state=PaperState.ISSUED,
                number=number,
                issued_on=date(2026, 9, 21),
                issued_by="演示",
                sha256=files.put(page),
                pages=1,
            )
            uow.save(issued)
            uow.commit()
        say(number=number, sha256=issued.sha256)


def main() -> None:
    """Do what the arguments say."""
    ledger_path, files_path, what, count = sys.argv[1:5]
    ledger = Ledger.open(Path(ledger_path))
    prepare(ledger)
    if what == "drafts":
        type_draft(ledger, int(count))
    else:
        issue_papers(ledger, FileStore(Path(files_path)), int(count))
    ledger.close()


if __name__ == "__main__":
    main()
