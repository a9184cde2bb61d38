"""The declared actions made alive: keys, buttons and menus of one window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from inspector_app.ui.action_list import ACTIONS, LEFT_TO_FIELDS, ActionSpec
from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.buttons import Button

Handler = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a context menu that belongs to one page: words, what it does, a picture."""

    title: str
    run: Handler
    icon: str = ""
    enabled: bool = True


def key_words(keys: str) -> str:
    """Ctrl+K as it stands on a key cap: Ctrl K."""
    return keys.replace("+", " ")


class Actions(QObject):
    """The declared actions made alive on one window; the page in view lends its handlers."""

    def __init__(self, window: QWidget, specs: Sequence[ActionSpec] = ACTIONS) -> None:
        super().__init__(window)
        self._window = window
        self.specs = {spec.id: spec for spec in specs}
        self._global: dict[str, Handler] = {}
        self._page: dict[str, Handler] = {}
        self._made: dict[str, QAction] = {}
        self._locked = False
        for spec in specs:
            self._make(spec)
        self._focused: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _make(self, spec: ActionSpec) -> None:
        action = QAction(spec.title, self._window)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
            action.setToolTip(f"{spec.title}（{spec.keys}）")
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False: self.trigger(spec.id))
        self._window.addAction(action)
        self._made[spec.id] = action

    def handle(self, action_id: str, handler: Handler) -> None:
        """What an action does where the page in view has nothing of its own."""
        if action_id not in self.specs:
            raise KeyError(action_id)
        self._global[action_id] = handler
        self._enable()

    def set_page(self, handlers: Mapping[str, Handler]) -> None:
        """The page in view and what it does for which action."""
        for action_id in handlers:
            if action_id not in self.specs:
                raise KeyError(action_id)
        self._page = dict(handlers)
        self._enable()

    def set_locked(self, *, locked: bool) -> None:
        """Nothing can be done while the window is locked."""
        self._locked = locked
        self._enable()

    def _enable(self) -> None:
        for action_id, action in self._made.items():
            known = action_id in self._page or action_id in self._global
            action.setEnabled(known and not self._locked)

    def trigger(self, action_id: str) -> None:
        """Do it, if it can be done here."""
        if self._locked:
            return
        handler = self._page.get(action_id) or self._global.get(action_id)
        if handler is not None:
            handler()

    def action(self, action_id: str) -> QAction:
        """The QAction, for tests and for its state."""
        return self._made[action_id]

    def enabled(self, action_id: str) -> bool:
        """Whether it can be done here."""
        return self._made[action_id].isEnabled()

    def available(self) -> list[ActionSpec]:
        """What can be done here, in the order declared."""
        return [spec for spec in self.specs.values() if self.enabled(spec.id)]

    def button(self, action_id: str, kind: str = "", title: str = "") -> Button:
        """A button for an action; its tip names the key."""
        spec = self.specs[action_id]
        made = Button("" if kind == "icon" else title or spec.title, kind)
        if spec.icon:
            made.setIcon(icon(spec.icon, "on_brand" if kind == "primary" else "text_2"))
            fix(made, icon=18)
        tip = f"{title or spec.title}（{spec.keys}）" if spec.keys else title or spec.title
        made.setToolTip(tip)
        made.setAccessibleName(title or spec.title)
        made.clicked.connect(lambda _checked=False: self.trigger(action_id))
        return made

    def menu(self, parent: QWidget, entries: Sequence[str | Entry | None]) -> QMenu:
        """A menu of action ids and page entries; None is a line between groups."""
        made = QMenu(parent)
        for entry in entries:
            if entry is None:
                made.addSeparator()
            elif isinstance(entry, str):
                made.addAction(self._made[entry])
            else:
                self._add_entry(made, entry)
        return made

    def choice_menu(
        self, parent: QWidget, names: Sequence[str], now: str, chosen: Callable[[str], object]
    ) -> QMenu:
        """A menu of which one is on."""
        made = QMenu(parent)
        for name in names:
            action = made.addAction(name)
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(lambda _checked=False, name=name: chosen(name))
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return made

    def _add_entry(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(entry.title.replace("&", "&&"))  # a name, not a key to press
        if entry.icon:
            action.setIcon(icon(entry.icon))
        action.setEnabled(entry.enabled)
        action.triggered.connect(lambda _checked=False: entry.run())

    def keep_keys(self, event: QKeyEvent) -> bool:
        """Whether a key is ours although a text field would take it (Ctrl+E, Ctrl+K on Linux)."""
        pressed = QKeySequence(event.keyCombination())
        for action_id, action in self._made.items():
            if action_id not in LEFT_TO_FIELDS and action.isEnabled():
                plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
                if not plain and action.shortcut() == pressed:
                    return True
        return False

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Only the widget with the focus is listened to: a filter on all would slow everything.
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = now
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self.keep_keys(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
