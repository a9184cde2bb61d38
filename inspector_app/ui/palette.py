"""The command palette (Ctrl+K): actions and everything the ledger knows, in one box."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.action_list import ActionSpec
from inspector_app.ui.actions import key_words
from inspector_app.ui.backend import Found
from inspector_app.ui.context import UiContext
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Elided, clear_layout, hair, label, set_property

KINDS = {
    "case": ("案件", "folder_20"),
    "clue": ("线索", "mail_inbox_20"),
    "employer": ("单位", "building_multiple_20"),
    "project": ("工程项目", "building_factory_20"),
    "worker": ("劳动者", "person_20"),
}
MOST_COMMANDS = 6
MOST_HITS = 10
WAIT_MS = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the palette."""

    group: str
    title: str
    meta: str
    icon: str
    keys: str
    run: Callable[[], object]


class _Row(QFrame):
    def __init__(self, line: Line, chosen: Callable[[], object]) -> None:
        super().__init__()
        self.line, self._chosen = line, chosen
        self.setObjectName("paletteRow")
        self.setAccessibleName(f"{line.group} {line.title} {line.meta}")
        row = box(QHBoxLayout(self), (12, 7, 8, 7), 10)
        self._icon = IconLabel(line.icon, "text_2", 20)
        row.addWidget(self._icon)
        row.addWidget(label(line.title, "paletteTitle"))
        row.addWidget(Elided(line.meta, "paletteMeta"), 1)
        if line.keys:
            row.addWidget(label(key_words(line.keys), "kbd"))

    def light(self, *, on: bool) -> None:
        """Whether Enter would take this row."""
        set_property(self, "on", "true" if on else "false")
        self._icon.set_icon(self.line.icon, "brand" if on else "text_2")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._chosen()


def matching(specs: Sequence[ActionSpec], text: str) -> list[ActionSpec]:
    """Actions whose title holds the text, or whose pinyin initials begin with it."""
    typed = text.lower()
    found = [s for s in specs if s.in_palette and (typed in s.title.lower() or typed in s.initials)]
    return sorted(
        found, key=lambda s: (not s.title.startswith(text), not s.initials.startswith(typed))
    )


class Palette(QFrame):
    """Floats over the window; ↑↓ choose, Enter does it, Esc closes."""

    def __init__(
        self,
        window: QWidget,
        context: UiContext,
        search: Callable[[str], list[Found]],
        open_hit: Callable[[Found], object],
    ) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._search, self._open_hit = search, open_hit
        self._rows: list[_Row] = []
        self._now = 0
        self._task: Task[list[Found]] | None = None
        self._before: QWidget | None = None
        self.setObjectName("palette")
        fix(self, width=620)
        self._column = column = box(QVBoxLayout(self), (8, 6, 8, 8), 2)
        head = box(QHBoxLayout(), (8, 0, 4, 0), 8)
        head.addWidget(IconLabel("search_20", "brand", 20))
        self.edit = QLineEdit()
        self.edit.setObjectName("paletteEdit")
        self.edit.setPlaceholderText("单位、项目、案号、劳动者，或要做的事；可打拼音首字母")
        self.edit.setAccessibleName("查找与命令")
        head.addWidget(self.edit, 1)
        head.addWidget(label("Esc", "kbd"))
        column.addLayout(head)
        column.addWidget(hair())
        self._list = box(QVBoxLayout(), spacing=0)
        column.addLayout(self._list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.edit.textChanged.connect(lambda _text: self._typed())
        self.edit.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    # ── opening and closing ──────────────────────────────────────────────────────────────────
    def open(self) -> None:
        """Show it empty, with what can be done here."""
        if self.graphicsEffect() is None:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(48)
            shadow.setOffset(0, 12)
            shadow.setColor(QColor(0, 0, 0, 70))
            self.setGraphicsEffect(shadow)
        self._before = self._window.focusWidget()
        self.edit.clear()
        self._show([])
        self.show()
        self.raise_()
        self.edit.setFocus()

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        self._timer.stop()
        if self._before is not None:
            self._before.setFocus()

    # ── what is offered ──────────────────────────────────────────────────────────────────────
    def lines(self) -> list[Line]:
        """The rows now, top to bottom."""
        return [row.line for row in self._rows]

    def _typed(self) -> None:
        self._show([])
        if self.edit.text().strip():
            self._timer.start()

    def _ask(self) -> None:
        text = self.edit.text().strip()
        if self._task is not None:
            self._task.forget()
        if text:
            self._task = self._context.tasks.query(self, lambda: self._search(text), self._show)

    def _show(self, hits: list[Found]) -> None:
        text = self.edit.text().strip()
        actions = self._context.actions
        commands = matching(actions.available(), text)[:MOST_COMMANDS]
        lines = [
            Line("命令", s.title, s.group, s.icon, s.keys, self._runner(s.id)) for s in commands
        ]
        order = list(KINDS)
        known = sorted((h for h in hits if h.kind in KINDS), key=lambda h: order.index(h.kind))
        for hit in known[:MOST_HITS]:
            group, icon = KINDS[hit.kind]
            lines.append(Line(group, hit.title, hit.subtitle, icon, "", self._opener(hit)))
        self._fill(lines, text)

    def _runner(self, action_id: str) -> Callable[[], object]:
        return lambda: self._context.actions.trigger(action_id)

    def _opener(self, hit: Found) -> Callable[[], object]:
        return lambda: self._open_hit(hit)

    def _fill(self, lines: list[Line], text: str) -> None:
        clear_layout(self._list)
        self._rows = []
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self._add(label(group, "paletteGroup"))
            row = _Row(line, partial(self._take, len(self._rows)))
            self._rows.append(row)
            self._add(row)
        if not lines and text:
            self._add(label("没有找到。可以少打几个字再试。", "paletteGroup"))
        self._light(0)
        self._place()

    def _add(self, widget: QWidget) -> None:
        self._list.addWidget(widget)
        widget.show()  # else it has no size before the next turn of the event loop

    def _place(self) -> None:
        self._column.activate()
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, tokens().px(64))

    def _light(self, number: int) -> None:
        self._now = number
        for i, row in enumerate(self._rows):
            row.light(on=i == number)

    def _take(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            line = self._rows[number].line
            self.close_palette()
            line.run()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.edit:
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                QTimer.singleShot(0, self, self._close_if_left)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _close_if_left(self) -> None:
        focus = self._window.focusWidget()
        if self._window.isActiveWindow() and focus is not self.edit:
            self._before = None
            self.close_palette()

    def _key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), len(self._rows)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._light((self._now + step) % count)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._now)
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True
