"""Pills (a word on a tint) and the stepper of case stages; tables paint the same pills."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import paint_icon

PILL_HEIGHT = 22


def pill_font(base: QFont, tone: str) -> QFont:
    """Small letters; what is overdue stands in bold too."""
    font = QFont(base)
    font.setPixelSize(tokens().px(12))
    font.setWeight(QFont.Weight.DemiBold if tone == "danger" else QFont.Weight.Medium)
    return font


def pill_width(base: QFont, text: str, tone: str) -> int:
    """How wide that pill is."""
    return QFontMetrics(pill_font(base, tone)).horizontalAdvance(text) + tokens().px(18)


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, base: QFont) -> None:
    """Paint a pill that fills a rectangle."""
    t = tokens()
    colours = t.tone(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(pill_font(base, tone))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.tint))
    painter.drawRoundedRect(rect, t.px(4), t.px(4))
    painter.setPen(QColor(colours.fg))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A word on a tint: 超期 2 天, 草稿, 已作废."""

    def __init__(self, text: str = "", tone: str = "neutral") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone = "", ""
        self.set_pill(text, tone)

    def text(self) -> str:
        """The word."""
        return self._text

    def tone(self) -> str:
        """Its meaning."""
        return self._tone

    def set_pill(self, text: str, tone: str) -> None:
        """Show another word; an empty one takes no room."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def rescale(self) -> None:
        """The size hint follows the text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = pill_width(self.font(), self._text, self._tone) if self._text else 0
        return QSize(width, tokens().px(PILL_HEIGHT))

    def paintEvent(self, _event: object) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._tone, self.font())
        painter.end()


class Stepper(QWidget):
    """The stages of a case as dots on a line: done, now, to come."""

    def __init__(self, names: Sequence[str], now: int = 0) -> None:
        super().__init__()
        self._names, self._now, self._tone = tuple(names), now, "warning"
        self._skipped: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    def show_stage(
        self, now: int, tone: str = "warning", skipped: frozenset[int] = frozenset()
    ) -> None:
        """Move to a stage; past the last one everything is done. `skipped` were passed by."""
        self._now, self._tone, self._skipped = now, tone, skipped
        self._tell()
        self.update()

    def _tell(self) -> None:
        past = self._now >= len(self._names)
        words = "已全部完成" if past else f"当前阶段：{self._names[self._now]}"
        missed = "、".join(self._names[place] for place in sorted(self._skipped))
        self.setAccessibleName(f"{words}，没有经过{missed}" if missed else words)

    def rescale(self) -> None:
        """The size hint follows the text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(tokens().px(60) * len(self._names), tokens().px(46))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._names)
        centres = [step * (i + 0.5) for i in range(len(self._names))]
        self._paint_lines(painter, centres)
        for i, x in enumerate(centres):
            self._paint_dot(painter, x, i)
            self._paint_name(painter, x, step, i)
        painter.end()

    def _paint_lines(self, painter: QPainter, centres: list[float]) -> None:
        t = tokens()
        gap, y = t.px(9), t.px(11)
        for i, (left, right) in enumerate(pairwise(centres)):
            painter.setPen(QPen(QColor(t.brand if i < self._now else t.border_strong), 2))
            painter.drawLine(int(left + gap), y, int(right - gap), y)

    def _paint_dot(self, painter: QPainter, x: float, i: int) -> None:
        t = tokens()
        r, y = t.px(6), t.px(11)
        whole = QRectF(x - r, y - r, 2 * r, 2 * r)
        if i in self._skipped:
            painter.setPen(QPen(QColor(t.brand), 1.5))
            painter.setBrush(QColor(t.surface))
            painter.drawEllipse(whole.adjusted(2, 2, -2, -2))
        elif i < self._now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.brand))
            painter.drawEllipse(whole)
            side = t.px(10)
            tick = QRect(round(x - side / 2), round(y - side / 2), side, side)
            paint_icon(painter, tick, "checkmark_16_filled", t.on_brand)
        elif i == self._now:
            solid = QColor(t.tone(self._tone).solid)
            painter.setPen(QPen(solid, 2))
            painter.setBrush(QColor(t.surface))
            painter.drawEllipse(whole)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(solid)
            painter.drawEllipse(QRectF(x - r / 2, y - r / 2, r, r))
        else:
            painter.setPen(QPen(QColor(t.border_strong), 1.5))
            painter.setBrush(QColor(t.surface))
            painter.drawEllipse(whole.adjusted(1, 1, -1, -1))

    def _paint_name(self, painter: QPainter, x: float, step: float, i: int) -> None:
        t = tokens()
        now = i == self._now
        font = QFont(self.font())
        font.setPixelSize(t.px(12))
        font.setWeight(QFont.Weight.DemiBold if now else QFont.Weight.Normal)
        painter.setFont(font)
        been = i < self._now and i not in self._skipped
        colour = t.tone(self._tone).fg if now else t.text_2 if been else t.text_3
        painter.setPen(QColor(colour))
        rect = QRectF(x - step / 2, t.px(24), step, t.px(20))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._names[i])
