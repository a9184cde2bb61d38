"""An update of the rule pack before it is accepted: what changes, which open cases it touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.term_words import date_text
from inspector_app.library.packs import Change, FieldChange, RowChange
from inspector_app.services.law_packs import PackCase, PackDiff
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button, tabs

TONES = {Change.ADDED: "success", Change.CHANGED: "info", Change.REMOVED: "neutral"}
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of one rule, old beside new; a rule that comes or goes is one line."""

    number: int
    row: RowChange
    field: FieldChange | None

    @property
    def key(self) -> str:
        """Its name over refreshes."""
        return str(self.number)


def change_lines(rows: Sequence[RowChange]) -> list[ChangeLine]:
    """A line for each field that changes; added and removed rules take one."""
    pairs: list[tuple[RowChange, FieldChange | None]] = []
    for row in rows:
        fields = row.fields if row.change is Change.CHANGED else ()
        pairs += [(row, field) for field in fields] or [(row, None)]
    return [ChangeLine(number, row, field) for number, (row, field) in enumerate(pairs)]


def _before(line: ChangeLine) -> str:
    return (line.field.before or NOTHING) if line.field else NOTHING


def _after(line: ChangeLine) -> str:
    return (line.field.after or NOTHING) if line.field else NOTHING


def move_words(case: PackCase) -> str:
    """调查完成 2027年2月12日 → 2027年1月20日; the rules it uses when no day moves."""
    if not case.moves:
        return f"用到 {'、'.join(case.rules)}"
    return "；".join(
        f"{one.name} {date_text(one.before)} → {date_text(one.after)}" for one in case.moves
    )


CHANGES: tuple[Column[ChangeLine], ...] = (
    Column("", lambda line: line.row.change.label, 76, Kind.PILL,
           tone=lambda line: TONES[line.row.change]),
    Column("规则", lambda line: line.row.name, 200, Kind.TWO_LINE, stretch=True,
           sub=lambda line: f"{line.row.label}　{line.row.id}"),
    Column("哪一项", lambda line: line.field.label if line.field else "整条", 110),
    Column("原来", _before, 200, priority=2),
    Column("改为", _after, 200, priority=2),
)  # fmt: skip
CASES: tuple[Column[PackCase], ...] = (
    Column("案件", lambda case: case.employer, 240, Kind.TWO_LINE, stretch=True,
           sub=lambda case: case.case_no),
    Column("到期日的变化", move_words, 420, priority=2),
)  # fmt: skip


class UpdateView(QWidget):
    """`accepted` when the user adopts it, `left` when not, `go` with case: and an id."""

    accepted = Signal()
    left = Signal()
    go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        column = box(QVBoxLayout(self), spacing=12)
        self.hint = Banner("info")
        column.addWidget(self.hint)
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (16, 8, 12, 0), 8)
        self.tabs = tabs(("变化", "受影响的在办案件"))
        self.tabs.chosen.connect(self._turn_to)
        bar.addWidget(self.tabs, 1)
        panel.column.addLayout(bar)
        self.changes: RowsTable[ChangeLine] = RowsTable(CHANGES, lambda one: one.key, name="变化")
        self.cases: RowsTable[PackCase] = RowsTable(
            CASES, lambda one: one.case_id, name="受影响的案件"
        )
        self.cases.opened.connect(lambda case: self.go.emit(f"case:{case.case_id}"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.changes)
        self.stack.addWidget(self.cases)
        panel.column.addWidget(self.stack, 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (16, 10, 12, 10), 8)
        self.words = label("", "body", wrap=True)
        foot.addWidget(self.words, 1)
        foot.addWidget(button("不采用", tip="Esc", clicked=self.left.emit))
        self.accept = button("采用", "primary", "checkmark_20", "Ctrl+S", self.accepted.emit)
        foot.addWidget(self.accept)
        panel.column.addLayout(foot)
        column.addWidget(panel, 1)

    def _turn_to(self, number: int) -> None:
        self.tabs.set_current(number)
        self.stack.setCurrentIndex(number)

    def show_diff(self, path: Path, diff: PackDiff) -> None:
        """What the pack in a file would change."""
        self.path = path
        self.changes.show_rows(change_lines(diff.rows))
        self.cases.show_rows(diff.cases)
        self.tabs.set_names((f"变化 {len(diff.rows)}", f"受影响的在办案件 {len(diff.cases)}"))
        self._turn_to(0)
        if diff.rows:
            self.changes.selectRow(0)
        hints = list(dict.fromkeys(case.hint for case in diff.cases))
        stale = "、".join(dict.fromkeys(one.rule for one in diff.stale))
        if stale:
            hints.append(f"本局口径不再适用、要重新定的：{stale}。")
        self.hint.say("".join(hints), "从旧兼从轻" if any("判断" in one for one in hints) else "")
        head = diff.head
        said = f"版本 {head.version}，{date_text(head.effective_from)}起施行，下次打开程序时生效。"
        self.words.setText(f"{said}{head.note}")
        self.accept.setEnabled(bool(diff.rows))
