"""The date field: typed in any usual way, chosen in a calendar, or moved with ↑ and ↓."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from inspector_app.domain.term_words import WEEKDAYS, date_text
from inspector_app.errors import UserError
from inspector_app.ui.forms.field import Check
from inspector_app.ui.forms.lines import ParsedField
from inspector_app.ui.theme.icons import icon

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SHORT_COMPACT = re.compile(r"(\d{2})(\d{2})")


def read_date(text: str, today: date) -> date:
    """A date typed as 2026-11-18, 20261118, 2026年11月18日, 11-18, 11月18日 or 1118 (this year)."""
    typed = re.sub(r"[（(].*[)）]$", "", unicodedata.normalize("NFKC", text).strip()).strip()
    if match := _FULL.fullmatch(typed) or _COMPACT.fullmatch(typed):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _SHORT.fullmatch(typed) or _SHORT_COMPACT.fullmatch(typed):
        parts = (today.year, int(match[1]), int(match[2]))
    else:
        raise UserError("请写成 2026-11-18 这样的日期")
    try:
        return date(*parts)
    except ValueError as error:
        raise UserError(f"没有 {parts[0]}年{parts[1]}月{parts[2]}日 这一天") from error


class _CalendarPopup(QFrame):
    """The month in a small window under the field."""

    def __init__(self, edit: QLineEdit, chosen: Callable[[date], None]) -> None:
        super().__init__(edit, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self._chosen = chosen
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)

    def _take(self, day: QDate) -> None:
        self.close()
        self._chosen(date(day.year(), day.month(), day.day()))

    def open_at(self, edit: QLineEdit, day: date) -> None:
        """Show the month of a day under the field."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(edit.mapToGlobal(QPoint(0, edit.height() + 2)))
        self.show()
        self.calendar.setFocus()


class DateField(ParsedField):
    """A date, or nothing; the weekday stands below. The value is `date` or None."""

    def __init__(
        self,
        key: str,
        name: str,
        *,
        today: Callable[[], date],
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
        note: Callable[[date], str] | None = None,
    ) -> None:
        self._today, self._note = today, note
        super().__init__(
            key,
            name,
            required=required,
            hint=hint,
            check=check,
            why=why,
            placeholder="年-月-日",
        )
        opener = self.edit.addAction(icon("calendar_20"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip("打开日历（Alt+↓）")
        opener.triggered.connect(lambda _checked=False: self.open_calendar())

    def day(self) -> date | None:
        """The date filled in."""
        value = self.value()
        return value if isinstance(value, date) else None

    def _parsed(self) -> object:
        return read_date(self.text(), self._today())

    def _formatted(self, value: object) -> str:
        return date_text(value) if isinstance(value, date) else str(value)

    def live_hint(self) -> str:
        day = self.day()
        if day is None:
            return ""
        if self._note is not None and (note := self._note(day)):
            return note
        return WEEKDAYS[day.weekday()]

    def open_calendar(self) -> None:
        """Choose with the mouse or the arrow keys."""
        popup = _CalendarPopup(self.edit, self._choose)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.open_at(self.edit, self.day() or self._today())

    def _choose(self, day: date) -> None:
        self.set_text_by_user(date_text(day))
        self.edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if step and (day := self.day()) is not None:
                self.set_text_by_user(date_text(day + timedelta(days=step)))
                return True
        return super().eventFilter(watched, event)
