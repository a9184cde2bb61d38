"""Twelve months on one drawing; arrows move, Enter turns a day off into a working one and back."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from inspector_app.domain.term_words import weekday_text
from inspector_app.ui.pages.calendar.draft import YearDraft
from inspector_app.ui.pages.calendar.painting import HEAD, WEEK_HEAD, MonthPainter
from inspector_app.ui.theme.current import tokens

Key = Qt.Key
LEAST_CELL = (27, 23)  # px at 100 %: width and height of a day
GAP, MARGIN = 14, 12
WEEKS = 6
MOVES = {
    Key.Key_Left: -1,
    Key.Key_Right: 1,
    Key.Key_Up: -7,
    Key.Key_Down: 7,
}


class YearGrid(QWidget):
    """`moved` when the cursor is on another day, `toggled` when a day is to change (a date).

    `turned` carries -1 or 1: the year before or after.
    """

    moved = Signal(object)
    toggled = Signal(object)
    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.draft = YearDraft(1)
        self.today = date.min
        self.cursor_day = date.min
        self._columns = 4
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("工作日历")

    # ── what is shown ────────────────────────────────────────────────────────────────────────
    def show_year(self, draft: YearDraft, today: date, day: date | None = None) -> None:
        """Show a year with the cursor on a day: the one asked for, today, or the first."""
        self.draft, self.today = draft, today
        wanted = day or self.cursor_day
        if wanted.year != draft.year:
            wanted = today if today.year == draft.year else date(draft.year, 1, 1)
        self.go_to(wanted)

    def go_to(self, day: date) -> None:
        """Put the cursor on a day of the year shown."""
        self.cursor_day = day
        self._tell()
        self.update()
        self._bring_into_view(self.cell(day))
        self.moved.emit(day)

    def say(self, day: date) -> str:
        """2026年10月1日（星期四），放假，国庆节."""
        parts = [weekday_text(day), self.draft.look(day).value, self.draft.name(day)]
        parts.append("没有保存" if self.draft.differs(day) else "")
        return "，".join(part for part in parts if part)

    def _tell(self) -> None:
        words = self.say(self.cursor_day)
        self.setAccessibleDescription(words)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # ── lengths ──────────────────────────────────────────────────────────────────────────────
    def rescale(self) -> None:
        """The least size follows the text size."""
        self._fit()
        self.updateGeometry()

    def _least_month(self) -> tuple[int, int]:
        px = tokens().px
        wide, high = LEAST_CELL
        return px(wide * 7), px(HEAD + WEEK_HEAD + high * WEEKS)

    def _fit(self) -> None:
        """As many months beside one another as fit: four, three or two."""
        px, (wide, high) = tokens().px, self._least_month()
        room = self.width() - 2 * px(MARGIN)
        self._columns = next((n for n in (4, 3) if room >= n * wide + (n - 1) * px(GAP)), 2)
        rows = 12 // self._columns
        self.setMinimumHeight(rows * high + (rows - 1) * px(GAP) // 2 + 2 * px(MARGIN))

    def minimumSizeHint(self) -> QSize:
        wide, high = self._least_month()
        px = tokens().px
        return QSize(2 * wide + px(GAP) + 2 * px(MARGIN), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        # Once the scroll area knows the new height: the cursor stays in view.
        QTimer.singleShot(0, self, lambda: self._bring_into_view(self.cell(self.cursor_day)))

    def month_rect(self, month: int) -> QRect:
        """Where a month stands."""
        px = tokens().px
        column, row = (month - 1) % self._columns, (month - 1) // self._columns
        rows = 12 // self._columns
        gap, between, margin = px(GAP), px(GAP) // 2, px(MARGIN)
        wide = (self.width() - 2 * margin - (self._columns - 1) * gap) // self._columns
        high = (self.height() - 2 * margin - (rows - 1) * between) // rows
        return QRect(margin + column * (wide + gap), margin + row * (high + between), wide, high)

    def cell(self, day: date) -> QRect:
        """Where a day stands."""
        px, month = tokens().px, self.month_rect(day.month)
        first = date(day.year, day.month, 1).weekday()
        place = first + day.day - 1
        top = month.y() + px(HEAD + WEEK_HEAD)
        wide = month.width() / 7
        high = min((month.bottom() - top) / WEEKS, px(34))
        left = month.x() + round(place % 7 * wide)
        return QRect(left, top + round(place // 7 * high), round(wide), round(high))

    def days_of(self, month: int) -> Iterator[date]:
        """Every day of a month."""
        for number in range(1, calendar.monthrange(self.draft.year, month)[1] + 1):
            yield date(self.draft.year, month, number)

    def day_at(self, where: QPoint) -> date | None:
        """The day under a point."""
        for month in range(1, 13):
            if self.month_rect(month).contains(where):
                found = (day for day in self.days_of(month) if self.cell(day).contains(where))
                return next(found, None)
        return None

    def _bring_into_view(self, cell: QRect) -> None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            middle = cell.center()
            parent.ensureVisible(middle.x(), middle.y(), 0, tokens().px(60))

    # ── painting ─────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.draft.year < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        months = MonthPainter(painter, self.font(), self.draft)
        for month in range(1, 13):
            place = self.month_rect(month)
            days = {day: self.cell(day) for day in self.days_of(month)}
            months.paint_head(place, month, days)
            for day, cell in days.items():
                months.paint_day(
                    cell,
                    day,
                    today=day == self.today,
                    chosen=day == self.cursor_day,
                    focused=self.hasFocus(),
                )
        painter.end()

    # ── keys and mouse ───────────────────────────────────────────────────────────────────────
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Key.Key_PageUp, Key.Key_PageDown):
            self.turned.emit(1 if event.key() == Key.Key_PageDown else -1)
            return
        day = self._moved_to(Key(event.key()))
        if day is not None:
            if day.year == self.draft.year:
                self.go_to(day)
        elif event.key() in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self.toggled.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)

    def _moved_to(self, key: Key) -> date | None:
        """Where a key leads; None when it does not move."""
        day = self.cursor_day
        if key in MOVES:
            return day + timedelta(days=MOVES[key])
        if key in (Key.Key_PageUp, Key.Key_PageDown):
            month = day.month + (1 if key == Key.Key_PageDown else -1)
            if not 1 <= month <= 12:
                return day
            last = calendar.monthrange(day.year, month)[1]
            return date(day.year, month, min(day.day, last))
        if key == Key.Key_Home:
            return day.replace(day=1)
        if key == Key.Key_End:
            return day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if day == self.cursor_day and self.hasFocus():
            self.toggled.emit(day)
        else:
            self.setFocus()
            self.go_to(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.say(day) if day else "", self)
            return True
        return super().event(event)
