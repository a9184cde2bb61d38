"""The right half of the calendar: the year in words, the day under the cursor, what changed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.term_words import run_text, runs_text, weekday_text
from inspector_app.services.office_calendar import ENTERED, SHIPPED
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.calendar.draft import Look, Run, YearDraft
from inspector_app.ui.pages.calendar.painting import Sample
from inspector_app.ui.pages.calendar.reading import YearSheet
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import hair, label
from inspector_app.ui.widgets.buttons import button

LEGEND = (
    (Look.HOLIDAY, "放假"),
    (Look.MAKEUP, "调休上班"),
    (Look.WEEKEND, "周末"),
    (Look.WORK, "平常上班"),
)
RUNS: tuple[Column[Run], ...] = (
    Column("节日", lambda run: run.name or "没有写名称", 150, Kind.TWO_LINE, stretch=True,
           sub=lambda run: run_text(run.first, run.last)),
    Column("天数", lambda run: f"{run.count} 天", 60, Kind.NUMBER),
)  # fmt: skip
NAME_HINT = "调休放假的日子也写所属的节日，没有写的不能保存"
FEW = 6
TURN = {True: "改为放假", False: "改为上班"}


class Side(QWidget):
    """`toggled` and `named` ask for a change of the day, `picked` for the cursor to move."""

    toggled = Signal(object)
    named = Signal(str)
    picked = Signal(object)
    save_asked = Signal()
    drop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._day = date.min
        column = box(QVBoxLayout(self), (16, 14, 16, 12), 12)
        self.title = label("", "detailTitle")
        column.addWidget(self.title)
        self.words = label("", "body", wrap=True)
        column.addWidget(self.words)
        self.unknown = Banner("warning")
        column.addWidget(self.unknown)
        column.addLayout(_legend())
        column.addWidget(hair())
        column.addLayout(self._build_day())
        column.addWidget(hair())
        column.addWidget(self._build_change())
        self.runs: RowsTable[Run] = RowsTable(RUNS, lambda run: f"{run.first}", name="节日")
        self.runs.horizontalHeader().hide()
        self.runs.opened.connect(lambda run: self.picked.emit(run.first))
        self.runs.clicked.connect(lambda _index: self._pick())
        column.addWidget(self.runs, 100)
        column.addStretch(1)

    def _build_day(self) -> QVBoxLayout:
        column = box(QVBoxLayout(), spacing=6)
        self.day = label("", "sectionTitle")
        self.look = label("", "value", wrap=True)
        self.name = LineField("name", "节日名称", hint=NAME_HINT, max_length=20)
        self.name.left.connect(lambda: self.named.emit(self.name.text()))
        self.name.edit.returnPressed.connect(lambda: self.named.emit(self.name.text()))
        row = box(QHBoxLayout(), spacing=8)
        self.turn = button("", tip="在日历上按回车", clicked=lambda: self.toggled.emit(self._day))
        row.addWidget(self.look, 1)
        row.addWidget(self.turn)
        column.addWidget(self.day)
        column.addLayout(row)
        column.addWidget(self.name)
        return column

    def _build_change(self) -> QWidget:
        self.change = QWidget()
        column = box(QVBoxLayout(self.change), spacing=8)
        self.changed = label("", "body", wrap=True)
        column.addWidget(self.changed)
        row = box(QHBoxLayout(), spacing=8)
        self.save = button("保存…", "primary", "save_20", "Ctrl+S", self.save_asked.emit)
        row.addWidget(self.save)
        row.addWidget(button("放弃改动", clicked=self.drop_asked.emit))
        row.addStretch()
        column.addLayout(row)
        self.change.hide()
        return self.change

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_year(self, sheet: YearSheet, draft: YearDraft) -> None:
        """The year in words, its holidays, and what is not saved."""
        self.title.setText(f"{sheet.year} 年")
        self.words.setText(year_words(sheet, draft))
        told = f"落在 {sheet.year} 年的到期日标为“暂定”。粘贴通知，或者从文件导入。"
        self.unknown.say("" if sheet.known or draft.rows else told)
        self.runs.show_rows(draft.runs())
        self.runs.setVisible(bool(draft.runs()))
        self.show_changes(draft.changed())

    def show_changes(self, days: Sequence[date]) -> None:
        """How many days are not saved, and which."""
        self.change.setVisible(bool(days))
        if days:
            shown = f"：{runs_text(days)}" if len(days) <= FEW else "。"
            self.changed.setText(f"{len(days)} 天有改动，没有保存（带橙点）{shown}")

    def show_day(self, day: date, draft: YearDraft) -> None:
        """The day under the cursor."""
        self._day = day
        self.day.setText(weekday_text(day))
        name, look = draft.name(day), draft.look(day)
        self.look.setText(f"{look.value}　{name}".strip())
        self.turn.setText(TURN[draft.is_working(day)])
        self.name.setVisible(not draft.is_working(day))
        if not self.name.edit.hasFocus():
            self.name.set_value(name)

    def _pick(self) -> None:
        run = self.runs.current_row()
        if run is not None:
            self.picked.emit(run.first)


def _legend() -> QGridLayout:
    grid = box(QGridLayout(), spacing=8)
    for number, (look, words) in enumerate(LEGEND):
        row = box(QHBoxLayout(), spacing=6)
        row.addWidget(Sample(look))
        row.addWidget(label(words, "caption"))
        row.addStretch()
        grid.addLayout(row, number // 2, number % 2)
    return grid


def year_words(sheet: YearSheet, draft: YearDraft) -> str:
    """Where the days of the year come from, and how many there are of each sort."""
    working = draft.count(Look.WORK, Look.MAKEUP)
    counts = (
        f"工作日 {working} 天，放假 {draft.count(Look.HOLIDAY)} 天，"
        f"调休上班 {draft.count(Look.MAKEUP)} 天。"
    )
    if not sheet.known:
        return f"放假安排还没有录入，只按周末计算。{counts if draft.rows else ''}"
    origin = {SHIPPED: "随程序提供", ENTERED: f"本局录入，来源：{sheet.source}"}[sheet.origin]
    return f"{origin}。{counts}"
