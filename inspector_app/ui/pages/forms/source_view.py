"""源文件: the form as it is written, with line numbers and the wrong lines marked."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box

MERGE = "source"
_PARTS = (
    (re.compile(r"^\s*\[\[?[^\]]*\]\]?"), "brand"),
    (re.compile(r"^\s*[\w.-]+(?=\s*=)"), "info_fg"),
    (re.compile(r'"(?:\\.|[^"\\])*"'), "text"),
    (re.compile(r"\{[^{}\"]*\}"), "violet_fg"),
)
_COMMENT = re.compile(r"^\s*#.*$")


class _Colours(QSyntaxHighlighter):
    """Headers, keys and marks in colours of the look in force."""

    def highlightBlock(self, text: str) -> None:
        t = tokens()
        if _COMMENT.match(text):
            self._paint(0, len(text), t.text_3)
            return
        for pattern, colour in _PARTS:
            for match in pattern.finditer(text):
                self._paint(match.start(), match.end() - match.start(), t.colour(colour))

    def _paint(self, start: int, count: int, colour: str) -> None:
        made = QTextCharFormat()
        made.setForeground(QColor(colour))
        self.setFormat(start, count, made)


class _Gutter(QWidget):
    """Line numbers at the left of the text."""

    def __init__(self, edit: "SourceEdit") -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        return QSize(self._edit.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._edit.paint_gutter(event)


class SourceEdit(QPlainTextEdit):
    """A plain editor with a gutter; `wrong` lines stand on a red ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("源文件")
        self.setTabChangesFocus(True)
        self.wrong: frozenset[int] = frozenset()
        self._gutter = _Gutter(self)
        self._colours = _Colours(self.document())
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._follow)
        self._make_room()

    def document(self) -> QTextDocument:
        return super().document()

    def rescale(self) -> None:
        """The look or the text size changed."""
        self._make_room()
        self._colours.rehighlight()
        self._mark()

    def gutter_width(self) -> int:
        """Room for the longest number."""
        digits = max(len(str(self.blockCount())), 3)
        return self.fontMetrics().horizontalAdvance("9") * digits + tokens().px(16)

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    def _follow(self, area: QRect, down: int) -> None:
        if down:
            self._gutter.scroll(0, down)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._gutter.setGeometry(inner.x(), inner.y(), self.gutter_width(), inner.height())

    def paint_gutter(self, event: QPaintEvent) -> None:
        """The numbers of the lines in view; wrong ones in red with a bar."""
        t, painter = tokens(), QPainter(self._gutter)
        painter.fillRect(event.rect(), QColor(t.nav))
        block, number = self.firstVisibleBlock(), self.firstVisibleBlock().blockNumber() + 1
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width = self._gutter.width() - t.px(8)
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            wrong = number in self.wrong
            painter.setPen(QColor(t.danger.fg if wrong else t.text_3))
            place = QRect(0, round(top), width, round(height))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number))
            if wrong:
                bar = QRect(0, round(top), t.px(3), round(height))
                painter.fillRect(bar, QColor(t.danger.solid))
            block, number, top = block.next(), number + 1, top + height
        painter.end()

    def mark_lines(self, lines: Iterable[int]) -> None:
        """Which lines are wrong, from 1."""
        self.wrong = frozenset(one for one in lines if one)
        self._mark()

    def _mark(self) -> None:
        selections = []
        for number in self.wrong:
            block = self.document().findBlockByNumber(number - 1)
            if not block.isValid():
                continue
            one = QTextEdit.ExtraSelection()
            # The type stubs do not know the two public members of ExtraSelection.
            one.cursor = QTextCursor(block)  # type: ignore[attr-defined]  # see above
            one.format.setBackground(QColor(tokens().danger.tint))  # type: ignore[attr-defined]  # see above
            one.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]  # see above
            selections.append(one)
        self.setExtraSelections(selections)
        self._gutter.update()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line and show it."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
        self.setFocus()


class SourceView(QWidget):
    """The editor bound to the form on the desk."""

    def __init__(self, work: FormWork) -> None:
        super().__init__()
        self._work, self._seen = work, ""
        self.edit = SourceEdit()
        box(QVBoxLayout(self), (12, 10, 12, 12)).addWidget(self.edit)
        self.edit.textChanged.connect(self._typed)

    def refresh(self) -> None:
        """Show the text of the desk; the cursor stays on its line."""
        if self.edit.toPlainText() == self._work.text:
            self._seen = self._work.text
            return
        line = self.edit.textCursor().blockNumber()
        place = self.edit.verticalScrollBar().value()
        self._seen = self._work.text
        self.edit.setPlainText(self._seen)
        block = self.edit.document().findBlockByNumber(line)
        if block.isValid():
            self.edit.setTextCursor(QTextCursor(block))
        self.edit.verticalScrollBar().setValue(place)

    def _typed(self) -> None:
        # textChanged comes on every key of a composition, with the same text.
        text = self.edit.toPlainText()
        if text != self._seen:
            self._seen = text
            self._work.put(text, MERGE)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.edit
