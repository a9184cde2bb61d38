"""Paints the months of a year: each sort of day has a ground, a colour and a sign of its own."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.ui.pages.calendar.draft import Look, YearDraft
from inspector_app.ui.theme.current import tokens

WEEK = "一二三四五六日"
SIGNS = {Look.HOLIDAY: "休", Look.MAKEUP: "班"}
TONES = {Look.HOLIDAY: "success", Look.MAKEUP: "info"}
HEAD, WEEK_HEAD = 24, 20
SIGN_ROOM = 10


class MonthPainter:
    """One pass over a year."""

    def __init__(self, painter: QPainter, font: QFont, draft: YearDraft) -> None:
        self._painter, self._font, self._draft = painter, font, draft

    def _use(self, size: int, colour: str, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        font = QFont(self._font)
        font.setPixelSize(tokens().px(size))
        font.setWeight(weight)
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))

    def paint_head(self, place: QRect, month: int, days: Mapping[date, QRect]) -> None:
        """10月 at the left, the holidays of the month at the right, the weekdays below."""
        t, painter = tokens(), self._painter
        head = QRect(place.x(), place.y(), place.width(), t.px(HEAD))
        self._use(14, t.text, QFont.Weight.DemiBold)
        title = f"{month}月"
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        taken = painter.fontMetrics().horizontalAdvance(title) + t.px(8)
        names = "、".join(dict.fromkeys(n for day in days if (n := self._draft.name(day))))
        self._use(12, t.tone("success").fg)
        room = head.width() - taken
        mode = Qt.TextElideMode.ElideRight
        short = painter.fontMetrics().elidedText(names, mode, room)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short)
        self._use(12, t.text_3)
        wide = place.width() / 7
        for number, word in enumerate(WEEK):
            cell = QRectF(place.x() + number * wide, head.bottom() + 1, wide, t.px(WEEK_HEAD))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)

    def paint_day(
        self, cell: QRect, day: date, *, today: bool, chosen: bool, focused: bool
    ) -> None:
        """A day with its ground, its number, its sign, and the marks of today and the cursor."""
        t, look = tokens(), self._draft.look(day)
        inner = QRectF(cell).adjusted(1, 1, -1, -1)
        paint_ground(self._painter, inner, look)
        if today:
            self._ring(inner, t.text_3, 1)
        if chosen:
            self._ring(inner, t.brand if focused else t.border_strong, 2)
        weight = QFont.Weight.DemiBold if today else QFont.Weight.Normal
        self._use(13, number_colour(look), weight)
        sign = SIGNS.get(look, "")
        number = inner.adjusted(0, 0, -t.px(SIGN_ROOM), 0) if sign else inner
        self._painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if sign:
            self._sign(inner, sign, t.tone(TONES[look]).fg)
        if self._draft.differs(day):
            self._dot(inner)

    def _ring(self, inner: QRectF, colour: str, width: int) -> None:
        radius, painter = tokens().px(4), self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _sign(self, inner: QRectF, sign: str, colour: str) -> None:
        self._use(10, colour)
        place = inner.adjusted(0, tokens().px(1), -1, 0)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, sign)

    def _dot(self, inner: QRectF) -> None:
        t, painter = tokens(), self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.tone("warning").solid))
        radius = t.px(2)
        painter.drawEllipse(QPointF(inner.right() - 2 * radius, inner.bottom() - 2 * radius),
                            radius, radius)  # fmt: skip


def paint_ground(painter: QPainter, inner: QRectF, look: Look) -> None:
    """The tint of days off by notice and of weekend days worked."""
    t = tokens()
    if look in TONES:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.tone(TONES[look]).tint))
        painter.drawRoundedRect(inner, t.px(4), t.px(4))


def number_colour(look: Look) -> str:
    """Weekends are grey, the others stand in the colour of their ground."""
    t = tokens()
    if look in TONES:
        return t.tone(TONES[look]).fg
    return t.text_3 if look is Look.WEEKEND else t.text


class Sample(QWidget):
    """A day as it is painted, for the legend."""

    def __init__(self, look: Look, text: str = "8") -> None:
        super().__init__()
        self._look, self._text = look, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def rescale(self) -> None:
        """The size hint follows the text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(tokens().px(30), tokens().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_ground(painter, inner, self._look)
        font = QFont(self.font())
        font.setPixelSize(t.px(13))
        painter.setFont(font)
        painter.setPen(QColor(number_colour(self._look)))
        words = f"{self._text}{SIGNS.get(self._look, '')}"
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
