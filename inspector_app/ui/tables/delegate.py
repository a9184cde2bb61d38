"""Paints the cells of a table from the tokens: pills, dots, two lines, numbers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.model import RowsModel, alignment
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.tokens import Tokens
from inspector_app.ui.widgets.pills import PILL_HEIGHT, paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
PLAIN_TONES = ("neutral", "none")


class Cell:
    """What a painter of one cell needs to know."""

    def __init__(self, option: Any, index: Index, model: RowsModel[Any], *, grid: bool) -> None:
        # QStyleOption's fields are not in its type stub, hence Any at this one edge.
        t = tokens()
        self.t: Tokens = t
        self.index = index
        self.model = model
        self.row = model.row(index.row())
        self.column: Column[Any] = model.columns[index.column()]
        self.font: QFont = option.font
        self.chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self.hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self.focused = option.widget is not None and option.widget.hasFocus()
        self.first = index.column() == 0
        self.faded = model.is_faded(index.row())
        self.grid = grid
        self.outer = QRectF(option.rect)
        self.rect = self.outer.adjusted(t.px(12 if self.first else 10), 0, -t.px(10), 0)
        self.size = 13 if grid else 14

    def sized(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The table's font in another size and weight."""
        font = QFont(self.font)
        font.setPixelSize(self.t.px(size))
        font.setWeight(weight)
        return font

    def colour(self, usual: str) -> QColor:
        """Grey on rows that are done with."""
        return QColor(self.t.text_3 if self.faded else usual)


class RowDelegate(QStyledItemDelegate):
    """Paints everything itself, so that the picture is the same on every platform."""

    def __init__(self, parent: QObject, *, grid: bool, row_height: int) -> None:
        super().__init__(parent)
        self._grid, self._row_height = grid, row_height
        self._painters: dict[Kind, Callable[[QPainter, Cell], None]] = {
            Kind.TEXT: _text,
            Kind.DATE: _text,
            Kind.NUMBER: _text,
            Kind.TWO_LINE: _two_line,
            Kind.DEADLINE: _pill_or_words,
            Kind.PILL: _pill_or_words,
            Kind.STAGE: _stage,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, RowsModel) or model.row(index.row()) is None:
            return
        cell = Cell(option, index, model, grid=self._grid)
        painter.save()
        _ground(painter, cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painters[cell.column.kind](painter, cell)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, tokens().px(self._row_height))


def _ground(painter: QPainter, cell: Cell) -> None:
    t, whole = cell.t, cell.outer.toRect()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    chosen = t.selection if cell.focused else t.hover  # where the keyboard is can be seen
    ground = chosen if cell.chosen else t.hover if cell.hovered else t.surface
    painter.fillRect(whole, QColor(ground))
    painter.setPen(QColor(t.border))
    painter.drawLine(whole.bottomLeft(), whole.bottomRight())
    if cell.grid:
        painter.drawLine(whole.topRight(), whole.bottomRight())
    if cell.chosen and cell.first:
        bar = QColor(t.brand if cell.focused else t.border_strong)
        painter.fillRect(whole.x(), whole.y(), t.px(3), whole.height(), bar)


def _line(painter: QPainter, rect: QRectF, text: str, flags: Qt.AlignmentFlag) -> None:
    mode = Qt.TextElideMode.ElideRight
    short = painter.fontMetrics().elidedText(text, mode, int(rect.width()))
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, short)


def _text(painter: QPainter, cell: Cell) -> None:
    number = cell.column.kind is Kind.NUMBER
    painter.setFont(cell.sized(cell.size))
    painter.setPen(cell.colour(cell.t.text if number else cell.t.text_2))
    _line(painter, cell.rect, cell.column.text(cell.row) or "—", alignment(cell.column.kind))


def _pill_or_words(painter: QPainter, cell: Cell) -> None:
    t = cell.t
    text, tone = cell.column.text(cell.row), cell.column.tone(cell.row)
    if tone == "none" or (tone in PLAIN_TONES and cell.column.kind is Kind.DEADLINE):
        painter.setFont(cell.sized(13))
        painter.setPen(QColor(t.text_3 if tone == "none" else t.text_2))
        _line(painter, cell.rect, text or "—", alignment(Kind.TEXT))
        return
    height = t.px(PILL_HEIGHT)
    width = min(pill_width(cell.font, text, tone), cell.rect.width())
    top = cell.rect.y() + (cell.rect.height() - height) // 2
    paint_pill(painter, QRectF(cell.rect.x(), top, width, height), text, tone, cell.font)


def _stage(painter: QPainter, cell: Cell) -> None:
    t, r = cell.t, cell.t.px(4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.tone(cell.column.tone(cell.row)).solid))
    middle = cell.rect.center().y()
    painter.drawEllipse(QRectF(cell.rect.x(), middle - r, 2 * r, 2 * r))
    painter.setFont(cell.sized(cell.size))
    painter.setPen(cell.colour(t.text_2))
    words = cell.rect.adjusted(t.px(15), 0, 0, 0)
    _line(painter, words, cell.column.text(cell.row), alignment(Kind.TEXT))


def _two_line(painter: QPainter, cell: Cell) -> None:
    t, rect = cell.t, cell.rect
    below = cell.column.sub(cell.row)
    painter.setFont(cell.sized(14, QFont.Weight.Medium))
    painter.setPen(cell.colour(t.text))
    if not below:
        _line(painter, rect, cell.column.text(cell.row), alignment(Kind.TEXT))
        return
    top = rect.y() + (rect.height() - t.px(39)) / 2
    upper = QRectF(rect.x(), top, rect.width(), t.px(20))
    _line(painter, upper, cell.column.text(cell.row), alignment(Kind.TEXT))
    painter.setFont(cell.sized(12))
    painter.setPen(QColor(t.text_3))
    lower = QRectF(rect.x(), top + t.px(21), rect.width(), t.px(18))
    _line(painter, lower, below, alignment(Kind.TEXT))
