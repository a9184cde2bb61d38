"""Filter chips above a table: each opens a menu of ticks and says what it filters by."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import set_property
from inspector_app.ui.widgets.buttons import Button, button


class _StayingMenu(QMenu):
    """A menu that stays open while ticks are set."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)


class Chip(QPushButton):
    """阶段：责令改正. `changed` carries the chosen keys; none chosen means all."""

    changed = Signal(object)

    def __init__(self, name: str, *, single: bool = False) -> None:
        super().__init__()
        self._name, self._single = name, single
        self._options: tuple[tuple[str, str], ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._menu = QMenu(self) if single else _StayingMenu(self)
        self.setMenu(self._menu)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        fix(self, icon=14)
        self._tell()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """(key, words) of the menu; what is chosen and still offered stays chosen."""
        self._options = tuple(options)
        known = {key for key, _ in self._options}
        self._chosen = tuple(key for key in self._chosen if key in known)
        self._menu.clear()
        self._add("", "全部")
        self._menu.addSeparator()
        for key, words in self._options:
            self._add(key, words)
        self._tell()

    def _add(self, key: str, words: str) -> None:
        made = self._menu.addAction(words)
        made.setData(key)
        made.setCheckable(True)
        made.triggered.connect(lambda _checked=False: self._toggle(key))

    def _toggle(self, key: str) -> None:
        if not key:
            chosen: tuple[str, ...] = ()
        elif self._single:
            chosen = (key,)
        elif key in self._chosen:
            chosen = tuple(one for one in self._chosen if one != key)
        else:
            chosen = tuple(k for k, _ in self._options if k == key or k in self._chosen)
        self.set_chosen(chosen)
        self.changed.emit(self._chosen)

    def chosen(self) -> tuple[str, ...]:
        """The chosen keys."""
        return self._chosen

    def set_chosen(self, chosen: Sequence[str]) -> None:
        """Choose without telling."""
        self._chosen = tuple(chosen)
        self._tell()

    def menu_actions(self) -> list[QAction]:
        """The entries of the menu, 全部 first."""
        return [one for one in self._menu.actions() if not one.isSeparator()]

    def _tell(self) -> None:
        for action in self.menu_actions():
            key = action.data()
            action.setChecked(key in self._chosen if key else not self._chosen)
        words = dict(self._options)
        shown = "、".join(words.get(key, key) for key in self._chosen[:2])
        if len(self._chosen) > 2:
            shown += f" 等 {len(self._chosen)} 项"
        text = f"{self._name}：{shown}" if shown else self._name
        self.setText(text)
        self.setAccessibleName(f"筛选 {text}")
        on = bool(self._chosen)
        self.setIcon(icon("chevron_down_16", "brand" if on else "text_3"))
        set_property(self, "on", "true" if on else "false")


class ChipRow(QWidget):
    """Chips in a row with a 清除 button that shows only while something is chosen."""

    changed = Signal()

    def __init__(self, chips: Sequence[Chip]) -> None:
        super().__init__()
        self._chips = tuple(chips)
        row = box(QHBoxLayout(self), spacing=8)
        self._clear: Button = button("清除", "quiet", clicked=self.clear)
        for one in self._chips:
            one.changed.connect(lambda _chosen: self._told())
            row.addWidget(one)
        row.addWidget(self._clear)
        row.addStretch()
        self._clear.hide()

    def _told(self) -> None:
        self.sync()
        self.changed.emit()

    def sync(self) -> None:
        """Show or hide 清除 after chips were set from outside."""
        self._clear.setVisible(any(one.chosen() for one in self._chips))

    def clear(self) -> None:
        """Choose nothing anywhere."""
        for one in self._chips:
            one.set_chosen(())
        self._told()
