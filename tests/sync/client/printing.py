"""Papers that PCs print apart from one draft: rows as issuing writes them, without the pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.ledger.ids import new_id
from inspector_app.sync import memory
from inspector_app.sync.numbers import leases
from tests.helpers.builders import CITY
from tests.sync.pcs import NOW, ORDER, A, Pc

Make = Callable[[str], Pc]


def told(no: int) -> tuple[str, str]:
    """The number as printed, and the hash of the page."""
    return f"平人社监令字〔2026〕第{no}号", f"{no:064d}"


def draft(pc: Make, *others: Pc) -> tuple[Pc, Pc, str]:
    """Two PCs that have the same draft, and its id; `others` have it too."""
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    paper = Paper(new_id(), case_id, "notice", "1", PaperState.DRAFT, "{}")
    one.add(paper)
    for each in (one, two, *others):
        each.sync()
    return one, two, paper.id


def print_it(one: Pc, paper_id: str, state: PaperState = PaperState.ISSUED) -> int:
    """Number a draft and issue it, or reserve the number for its edited text."""
    with one.ledger.work("制发", actor=one.me, at=NOW) as uow:
        no = leases.take(uow.connection, (A, ORDER, NOW.year))
        number, sha256 = told(no)
        paper = replace(uow.get(Paper, paper_id), state=state, number=number, sha256=sha256)
        if state is PaperState.ISSUED:
            day = date(2026, 9, 21)
            paper = replace(paper, issued_on=day, issued_by=one.me, pages=1, fonts=("F",))
        uow.save(paper)
        borne = NumberState.ISSUED if state is PaperState.ISSUED else NumberState.LEASED
        entry = NumberEntry(new_id(), ORDER, NOW.year, no, borne, A, CITY, paper_id=paper_id)
        uow.add(entry)
        drawn = memory.get(uow.connection, leases.DRAWN)
        uow.commit()
    leases.write_mark(one.path, drawn)
    return no


def disputed(pc: Make, *others: Pc) -> tuple[Pc, Pc, str, tuple[int, int]]:
    """Both issued it, the first one's page came first; the paper and both numbers."""
    one, two, paper_id = draft(pc, *others)
    nos = print_it(one, paper_id), print_it(two, paper_id)
    one.sync()
    two.sync()
    return one, two, paper_id, nos
