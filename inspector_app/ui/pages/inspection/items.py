"""The items of one group: ↑↓ choose, 1–5 answer, N writes a note, A adds evidence."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.inspections import Answer
from inspector_app.services.inspections import ItemLine
from inspector_app.ui.file_places import Places
from inspector_app.ui.pages.inspection.detail import ItemDetail
from inspector_app.ui.pages.inspection.reading import ANSWERS
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import segments
from inspector_app.ui.widgets.pills import Pill

TONES = ("success", "", "", "neutral", "neutral")  # red is for what is overdue, not for 否
DIGITS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2, Qt.Key.Key_4: 3, Qt.Key.Key_5: 4}


class ItemCard(QWidget):
    """One question with its answers; the open one shows its detail below."""

    pressed = Signal()
    answered = Signal(object)

    def __init__(self, line: ItemLine, *, finished: bool) -> None:
        super().__init__()
        self.line = line
        self._finished = finished
        self.detail: ItemDetail | None = None
        row = box(QHBoxLayout(self), (16, 12, 16, 12), 8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(fix(label(line.item.id, "muted"), width=32), 0, top)
        self.column = box(QVBoxLayout(), spacing=8)
        self._question = label(line.item.question, "value", wrap=True)
        self.column.addWidget(self._question)
        foot = box(QHBoxLayout(), spacing=8)
        self.answers = segments([one.label for one in ANSWERS], -1)
        self.answers.set_tones(TONES)
        self.answers.setEnabled(not finished)
        for number, one in enumerate(ANSWERS):
            at = self.answers.at(number)
            # The keyboard stays with the list: ↑↓ must not move between the answers.
            at.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            at.setToolTip(f"{one.label}（{number + 1}）")
        self.answers.chosen.connect(lambda number: self.answered.emit(ANSWERS[number]))
        foot.addWidget(self.answers)
        self._star = Pill("☆ 单独问劳动者" if line.item.ask_workers else "", "violet")
        self._star.setVisible(line.item.ask_workers)
        self._marks = Pill("", "neutral")
        foot.addWidget(self._star)
        foot.addStretch()
        foot.addWidget(self._marks)
        self.column.addLayout(foot)
        row.addLayout(self.column, 1)
        self.show_line(line, needs_evidence=False)

    def show_line(self, line: ItemLine, *, needs_evidence: bool) -> None:
        """Another answer, note or evidence of the same item."""
        self.line, self._needs = line, needs_evidence
        self.answers.set_current(ANSWERS.index(line.answer) if line.answer else -1)
        words = ["还差证据"] if needs_evidence else []
        words += [f"证据 {len(line.evidence)}"] if line.evidence else []
        words += ["有备注"] if line.note and self.detail is None else []
        self._marks.set_pill("　".join(words), "info" if needs_evidence else "neutral")
        self._marks.setVisible(bool(words))
        answer = line.answer.label if line.answer else "未答"
        self.setAccessibleName(f"{line.item.id} {line.item.question} {answer}")
        if self.detail is not None:
            self.detail.update_from(line)

    def open(self) -> ItemDetail:
        """Show the detail."""
        self.detail = ItemDetail(self.line, finished=self._finished)
        self.column.addWidget(self.detail)
        self.show_line(self.line, needs_evidence=self._needs)
        self.update()
        return self.detail

    def close_detail(self) -> None:
        """Take the detail away, its note handed over first."""
        if self.detail is not None:
            self.detail.flush()
            self.detail.hide()
            self.detail.deleteLater()
            self.detail = None
            self.show_line(self.line, needs_evidence=self._needs)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        if self.detail is not None:
            painter.fillRect(self.rect(), QColor(t.nav))
            painter.fillRect(0, 0, t.px(3), self.height(), QColor(t.brand))
        painter.setPen(QColor(t.border))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class ItemList(QWidget):
    """The cards of a group; it has the keyboard. Signals name the item by its id."""

    current_changed = Signal(str)
    answered = Signal(str, object)
    noted = Signal(str, str)
    files = Signal(str, object)
    removed = Signal(object)
    wanted = Signal(object)
    submitted = Signal()  # Ctrl+Enter
    beyond = Signal(object)  # 1: ↓ on the last item, -1: ↑ on the first

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("feed")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("检查项")
        self._column = box(QVBoxLayout(self), (1, 0, 1, 0), 0)
        self._column.addStretch()
        self.cards: dict[str, ItemCard] = {}
        self._current = ""
        self._locked = False
        self._places: Places = {}

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_group(
        self, lines: Sequence[ItemLine], lacking: Collection[str], current: str, *, finished: bool
    ) -> None:
        """Show the items of another group, or the same ones with other answers."""
        if [line.item.id for line in lines] != list(self.cards) or self._locked != finished:
            self._build(lines, finished=finished)
        for line in lines:
            self.cards[line.item.id].show_line(line, needs_evidence=line.item.id in lacking)
        if current in self.cards and current != self._current:
            self.go_to(current)
        elif not self._current and lines:
            self.go_to(lines[0].item.id)

    def _build(self, lines: Sequence[ItemLine], *, finished: bool) -> None:
        self._locked = finished
        self.leave_current()
        for card in self.cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for number, line in enumerate(lines):
            card = ItemCard(line, finished=finished)
            key = line.item.id
            card.pressed.connect(lambda key=key: self._pressed(key))
            card.answered.connect(lambda given, key=key: self._answered_by_mouse(key, given))
            self.cards[key] = card
            self._column.insertWidget(number, card)

    def show_places(self, places: Places) -> None:
        """Where the files of the inspection lie: said beside those of the open item."""
        self._places = places
        if (detail := self.detail()) is not None:
            detail.show_places(places)

    def leave_current(self) -> None:
        """Close the open item; its note is handed over."""
        if self._current in self.cards:
            self.cards[self._current].close_detail()
        self._current = ""

    def current(self) -> str:
        """The id of the open item."""
        return self._current

    def detail(self) -> ItemDetail | None:
        """The open item's detail."""
        card = self.cards.get(self._current)
        return card.detail if card is not None else None

    def go_to(self, key: str) -> None:
        """Open an item of this group."""
        if key == self._current or key not in self.cards:
            return
        self.leave_current()
        self._current = key
        detail = self.cards[key].open()
        detail.noted.connect(lambda text: self.noted.emit(key, text))
        detail.files.connect(lambda paths: self.files.emit(key, paths))
        detail.removed.connect(self.removed)
        detail.wanted.connect(self.wanted)
        detail.show_places(self._places)
        detail.back.connect(self.setFocus)
        self.current_changed.emit(key)

    def _pressed(self, key: str) -> None:
        self.go_to(key)
        self.setFocus()

    def _answered_by_mouse(self, key: str, given: Answer) -> None:
        self._pressed(key)
        self.answered.emit(key, given)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in DIGITS and self._current and not self._locked:
            self.answered.emit(self._current, ANSWERS[DIGITS[key]])
        elif key == Qt.Key.Key_N and (detail := self.detail()) is not None:
            detail.note.setFocus()
        elif key == Qt.Key.Key_A and (detail := self.detail()) is not None and not self._locked:
            detail.drop.choose()
        else:
            super().keyPressEvent(event)

    def move_by(self, step: int) -> None:
        """The next or the last item; past an end the page goes to the neighbour group."""
        keys = list(self.cards)
        at = keys.index(self._current) + step if self._current in keys else 0
        if 0 <= at < len(keys):
            self.go_to(keys[at])
        else:
            self.beyond.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
