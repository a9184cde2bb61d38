"""Short lists inside a pane: events, papers, workers, payments and to-dos as lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.money import yuan
from inspector_app.domain.office import Todo
from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.pages.case.events import events
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Elided, clear_layout, label
from inspector_app.ui.widgets.buttons import button

SHOWN_WORKERS = 30
PAPER_TONES = {PaperState.DRAFT: "violet", PaperState.ISSUED: "info", PaperState.VOID: "neutral"}


@dataclass(frozen=True, slots=True)
class Line:
    """A picture, a title, a line below, and what a press on it does."""

    icon: str
    tone: str
    title: str
    meta: str
    press: Callable[[], object] | None = None
    action: str = ""
    note: str = ""  # what has to be read in full, such as what a leader let pass


class Lines(QWidget):
    """Lines under one another; words when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._column = box(QVBoxLayout(self), (0, 6, 0, 0), 10)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line], nothing: str) -> None:
        """Show these instead of the last ones."""
        self._lines = tuple(lines)
        clear_layout(self._column)
        for line in self._lines:
            self._column.addWidget(_widget(line))
        if not self._lines:
            self._column.addWidget(label(nothing, "muted", wrap=True))
        self._column.addStretch()

    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines


def _widget(line: Line) -> QWidget:
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=10)
    row.addWidget(IconLabel(line.icon, f"{line.tone}_solid", 20), 0, Qt.AlignmentFlag.AlignTop)
    words = box(QVBoxLayout(), spacing=0)
    words.addWidget(Elided(line.title, "value"))
    if line.meta:
        words.addWidget(Elided(line.meta, "caption"))
    if line.note:
        words.addWidget(label(line.note, "body", tone="violet", wrap=True))
    row.addLayout(words, 1)
    if line.press is not None:
        row.addWidget(button(line.action, "link", clicked=line.press))
    return made


def event_lines(sheet: CaseSheet) -> list[Line]:
    """What happened, the newest first."""
    return [
        Line(
            one.icon,
            one.tone,
            one.title,
            f"{date_text(one.on)}　{one.meta}".rstrip("　"),
            note=one.passed,
        )
        for one in events(sheet)
    ]


def paper_lines(sheet: CaseSheet, open_paper: Callable[[str], object]) -> list[Line]:
    """Papers of the case, drafts first."""
    papers = sorted(sheet.papers, key=lambda p: (p.state is not PaperState.DRAFT, p.id))
    lines = []
    for paper in papers:
        parts = (paper.number or "未编号", paper.state.label, _issued(paper.issued_on))
        lines.append(
            Line(
                "document_text_20",
                PAPER_TONES[paper.state],
                sheet.title(paper),
                "　".join(part for part in parts if part),
                partial(open_paper, paper.id),
                "打开",
            )
        )
    return lines


def _issued(day: date | None) -> str:
    return date_text(day) if day else ""


def worker_lines(sheet: CaseSheet) -> list[Line]:
    """The first workers with what is owing; the case page has them all."""
    lines = [
        Line(
            "person_20",
            "success" if row.owing_fen <= 0 else "warning",
            f"{row.worker.name}　{row.worker.trade}".rstrip("　"),
            f"应发 {yuan(row.claim.due_fen)}　尚欠 {yuan(row.owing_fen)}",
        )
        for row in sheet.claims[:SHOWN_WORKERS]
    ]
    more = len(sheet.claims) - SHOWN_WORKERS
    if more > 0:
        lines.append(Line("people_20", "neutral", f"还有 {more} 人", "打开案件看全部"))
    return lines


def settlement_lines(sheet: CaseSheet) -> list[Line]:
    """Payments, the newest first."""
    names = {row.claim.id: row.worker.name for row in sheet.claims}
    return [
        Line(
            "money_20",
            "success",
            f"{names.get(one.claim_id, '—')}　{yuan(one.amount_fen)} 元",
            f"{date_text(one.paid_on)}　{one.payer.label}　{one.voucher}".rstrip("　"),
        )
        for one in sorted(sheet.settlements, key=lambda one: one.paid_on, reverse=True)
    ]


def todo_lines(sheet: CaseSheet, finish: Callable[[Todo], object]) -> list[Line]:
    """Open to-dos first."""
    lines = []
    for todo in sorted(sheet.todos, key=lambda t: (t.done_on is not None, t.due_on)):
        if todo.done_on:
            meta = f"{date_text(todo.done_on)} 完成"
            lines.append(Line("checkmark_circle_20", "success", todo.title, meta))
        else:
            meta = f"{date_text(todo.due_on)} 前　{todo.origin.label}"
            done = partial(finish, todo)
            lines.append(Line("task_list_ltr_20", "warning", todo.title, meta, done, "完成"))
    return lines
