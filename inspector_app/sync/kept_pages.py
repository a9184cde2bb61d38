"""Pages a decision went against: a printed paper stays in its case, void, with number and reason.

Two PCs may issue the same draft, each with a number and a page of its own; the row of the paper can
be only one of them. The other one is on paper all the same, may have been served, and must be found
by whoever looks it up. So it becomes a paper of its own beside the chosen one.

It is made after the answer is confirmed, by whichever PC that may write there comes by first, from
nothing but what everybody was told of the conflict: no act of the chooser can be cut short between,
nobody waits for the PC that printed it, and an answer that came too late has made nothing. Two that
make it at once make the same row: its id comes of the paper and the page.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Row, insert, select, update

from inspector_app.domain.papers import NumberState, PaperState
from inspector_app.ledger.changes import rows_now
from inspector_app.ledger.schema import business_columns
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.ledger.schema.machinery import change_op
from inspector_app.ledger.schema.papers import number_entry as entry
from inspector_app.ledger.schema.papers import paper
from inspector_app.sync import apply, pending
from inspector_app.sync.attachments.file_names import KEPT
from inspector_app.sync.talk import Talk
from inspector_app.sync.transport import Cells, Hello

_SPACE = UUID("8c1f9a52-51d3-5c0b-9f0e-2a7d3b64c9e1")  # ids of kept papers
_PRINTED = (PaperState.ISSUED.value, PaperState.VOID.value)
_GROUPS = ("state", "row")
_VOID = NumberState.VOID.value
_MADE: Cells = {"state": PaperState.DRAFT.value, "number": "", "issued_on": None, "issued_by": "",
         "pages": 0, "fonts": "[]", "void_reason": "", "voided_on": None}  # fmt: skip


@dataclass(slots=True)
class _Work:
    """What is to be written of the papers of one aggregate."""

    pages: list[Cells] = field(default_factory=list)
    entries: list[tuple[str, Cells]] = field(default_factory=list)


def keep(talk: Talk, hello: Hello) -> bool:
    """Write what is missing; True when something was written, which then is to go out."""
    if hello.recovery:
        return False
    with talk.ledger.read() as view:
        if not _found(view.connection, hello, ""):
            return False
    today = talk.now().date().isoformat()
    with talk.ledger.work(KEPT, actor=talk.report.me, at=talk.now()) as uow:
        for one in _found(uow.connection, hello, today):
            for page in one.pages:
                uow.connection.execute(insert(paper).values(page))
            for entry_id, cells in one.entries:
                where = entry.c.id == entry_id
                uow.connection.execute(update(entry).where(where).values(cells))
        talk.report.changes += uow.commit().changes
    return True


def _found(connection: Connection, hello: Hello, today: str) -> list[_Work]:
    """Everything to be done that this account may do; what waits or is disputed is left alone."""
    query = select(sync_conflict).where(sync_conflict.c.t == paper.name)
    query = query.order_by(sync_conflict.c.at, sync_conflict.c.id)
    by_row: dict[str, list[Row[Any]]] = {}
    for one in connection.execute(query):
        by_row.setdefault(one.row_id, []).append(one)
    found = []
    for row_id, told in by_row.items():
        decided = [one for one in told if one.grp in _GROUPS]
        if not decided or any(one.state == "open" for one in decided):
            continue
        work = _Paper(connection, hello, row_id, told).work(today)
        if work.pages or work.entries:
            found.append(work)
    return found


class _Paper:
    """One paper about whose state there was a conflict."""

    def __init__(
        self, connection: Connection, hello: Hello, row_id: str, told: Sequence[Row[Any]]
    ) -> None:
        self.connection, self.hello, self.id, self.told = connection, hello, row_id, told
        self.decided = [one for one in told if one.grp in _GROUPS]
        self.now = rows_now(connection, paper, [row_id]).get(row_id)
        last = told[-1]
        self.root = (str(last.root_type), str(last.root_id))
        if self.now is not None:
            by_case = ("case", self.now["case_id"])
            self.root = by_case if by_case[1] else ("inspection", self.now["inspection_id"])

    def work(self, today: str) -> _Work:
        """What is missing of it."""
        scope = apply.scope_here(self.connection, self.root)
        head = self.hello.scopes.get(scope or "")
        if head is None:
            return _Work()
        lost = list(self._lost())
        beside = self._beside([cells["sha256"] for cells, _ in lost])
        pages = []
        can = head.write and head.pii  # whoever does not see what it says cannot repeat it
        if can and (self.now or self._removed()):
            pages = [
                self._page(cells, by, today) for cells, by in lost if cells["sha256"] not in beside
            ]
        done = _Work(pages, list(self._entries([*beside.values(), *pages])))
        return _Work() if (pages or done.entries) and self._waits() else done

    def _waits(self) -> bool:
        """Whether somebody here is at the paper itself: what it becomes is not known yet."""
        return (paper.name, self.id) in pending.of_roots(self.connection, {self.root[1]})

    def _lost(self) -> Iterator[tuple[Cells, Row[Any]]]:
        """Every printed page the conflicts speak of that is not the row's, with who decided."""
        seen = {self.now["sha256"]} if self.now else set()
        for one in reversed(self.decided):  # the last decision about a page is the one to tell
            for text in (one.theirs, one.mine):
                cells = json.loads(text) if text else None
                if cells and cells.get("state") in _PRINTED and cells.get("sha256") not in seen:
                    seen.add(cells["sha256"])
                    yield cells, one

    def _beside(self, hashes: Collection[str]) -> dict[str, Cells]:
        """Hash -> paper of the same case: what was kept before, or is there by itself."""
        column = paper.c.case_id if self.root[0] == "case" else paper.c.inspection_id
        query = select(paper).where(column == self.root[1], paper.c.sha256.in_(hashes))
        rows = self.connection.execute(query).mappings()
        return {row["sha256"]: dict(row) for row in rows}

    def _page(self, cells: Cells, by: Row[Any], today: str) -> Cells:
        """The page as a void paper. A number the chosen paper bears as well stays with that."""
        number, as_well = str(cells.get("number") or ""), ""
        borne = select(paper.c.id).where(paper.c.number == number)
        if number and self.connection.execute(borne).first():
            number, as_well = "", f"（字号同为{number}）"
        page: Cells = {column.name: None for column in business_columns(paper)}
        page |= {f"{self.root[0]}_id": self.root[1], **self._content(by, cells), **_MADE}
        page |= {name: cells[name] for name in (*_MADE, "sha256") if name in cells}
        page |= {"id": str(uuid5(_SPACE, f"{self.id}|{cells['sha256']}")), "number": number}
        if page["state"] != PaperState.VOID.value:
            void = {"state": PaperState.VOID.value, "voided_on": today}
            page |= {**void, "void_reason": f"{self._reason(cells, by)}{as_well}"}
        return page

    def _content(self, by: Row[Any], cells: Cells) -> Cells:
        """What the page says: that of its own side where the text was disputed as well."""
        names = [one.name for one in business_columns(paper) if one.info["group"] == "content"]
        known = self.now or self._removed()
        found = {name: known.get(name, "") for name in (*names, "city")}
        side = "mine" if (json.loads(by.mine) if by.mine else None) == cells else "theirs"
        same = (by.at, by.mine_by)
        texts = [one for one in self.told if one.grp == "content" and (one.at, one.mine_by) == same]
        for text in (*(one._mapping[side] for one in texts), json.dumps(cells)):
            said = json.loads(text) if text else {}
            found |= {name: said[name] for name in names if name in said}
        return found

    def _removed(self) -> Mapping[str, Any]:
        """The row as it was when it went from here; nothing where it never was."""
        query = select(change_op.c.op).where(change_op.c.root_id == self.root[1])
        query = query.where(change_op.c.t == paper.name).order_by(change_op.c.seq.desc())
        for text in self.connection.scalars(query):
            op = json.loads(text)
            if op["id"] == self.id and op["k"] == "del":
                return {name: pair[0] for name, pair in op["c"].items()}
        return {}

    def _reason(self, cells: Cells, by: Row[Any]) -> str:
        if self.now is None:
            what = "文书草稿已在另一台电脑删除"
        elif self.now["state"] == PaperState.DRAFT.value:
            what = "改用了另一台电脑上的草稿"
        else:
            same = self.now["number"] in ("", cells.get("number"))
            chosen = "另一份" if same else self.now["number"]
            what = f"同一文书在两台电脑各制发一份，选用了{chosen}"
        return f"{what}：{by.reason.strip().rstrip('。')}"

    def _entries(self, void: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Cells]]:
        """Numbers entered for the row that it does not bear: void, borne by the page that does."""
        query = select(entry).where(entry.c.paper_id == self.id, entry.c.state != _VOID)
        own = self.now["number"] if self.now else ""
        for one in self.connection.execute(query.where(entry.c.row_rev > 0)):
            head = self.hello.scopes.get(one.scope)
            if head is None or not head.write or one.no in _numerals(own):
                continue
            bearers = (page for page in void if one.no in _numerals(page["number"]))
            page = next(bearers, None)
            why = page["void_reason"] if page else f"未使用：{self.decided[-1].reason.strip()}"
            cells = {"state": _VOID, "paper_id": page["id"] if page else None, "reason": why}
            yield one.id, cells


def _numerals(number: str) -> set[int]:
    """The figures in a printed number, whose template the bureau may have changed since."""
    return {int(text) for text in re.findall(r"[0-9]+", number)}
