"""Everything one can do by key, menu, button or palette, declared once as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.buttons import Button

Handler = Callable[[], object]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `opens` names the page that does it when the page in view does not."""

    id: str
    title: str
    icon: str = ""
    keys: str = ""
    group: str = "办案"
    opens: str = ""
    arg: str = ""
    in_palette: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a context menu that belongs to one page: words, what it does, a picture."""

    title: str
    run: Handler
    icon: str = ""
    enabled: bool = True


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("clue.new", "登记线索", "add_20", "Ctrl+N", opens="clues", arg="new"),
    ActionSpec("case.new", "登记案件", "document_add_20", "Ctrl+Shift+N", opens="cases", arg="new"),
    ActionSpec("paper.new", "开具文书", "document_edit_20", "Ctrl+D", opens="papers", arg="new"),
    ActionSpec(
        "inspection.new",
        "开始现场检查",
        "clipboard_checkmark_20",
        "Ctrl+J",
        opens="inspections",
        arg="new",
    ),
    ActionSpec("import", "从 Excel 导入", "arrow_import_20", "Ctrl+I", opens="cases", arg="import"),
    ActionSpec("print", "打印", "print_20", "Ctrl+P"),
    ActionSpec("export", "导出", "arrow_export_20", "Ctrl+E"),
    ActionSpec("save", "保存", "save_20", "Ctrl+S", in_palette=False),
    ActionSpec("undo", "撤销上一步", "arrow_undo_20", "Ctrl+Z"),
    ActionSpec("find", "在本页筛选", "filter_20", "Ctrl+F", "查找"),
    ActionSpec("palette", "查找与命令", "search_20", "Ctrl+K", "查找", in_palette=False),
    ActionSpec("page.home", "我的待办", "home_20", "Alt+1", "页面", opens="home"),
    ActionSpec("page.cases", "案件台账", "table_20", "Alt+2", "页面", opens="cases"),
    ActionSpec("page.clues", "线索登记", "mail_inbox_20", "Alt+3", "页面", opens="clues"),
    ActionSpec(
        "page.inspections",
        "现场检查",
        "clipboard_checkmark_20",
        "Alt+4",
        "页面",
        opens="inspections",
    ),
    ActionSpec("page.papers", "文书制作", "document_text_20", "Alt+5", "页面", opens="papers"),
    ActionSpec(
        "page.parties", "单位与项目", "building_multiple_20", "Alt+6", "页面", opens="parties"
    ),
    ActionSpec("page.settings", "设置", "settings_20", "Alt+7", "页面", opens="settings"),
    ActionSpec("refresh", "刷新本页", "arrow_clockwise_20", "F5", "页面"),
    ActionSpec("detail", "显示或收起右侧详情", "panel_right_20", "F4", "页面"),
    ActionSpec("back", "返回", "arrow_left_20", "Esc", "页面", in_palette=False),
    ActionSpec("theme", "切换深色、浅色", "dark_theme_20", "Ctrl+Shift+L", "窗口"),
    ActionSpec("text.size", "切换字号", "text_font_size_20", "Ctrl+Shift+F", "窗口"),
    ActionSpec("keys", "键盘一览", "keyboard_20", "Ctrl+/", "窗口"),
    ActionSpec("help", "帮助", "question_circle_20", "F1", "窗口"),
)
# Keys a text field may keep for itself while it has the focus.
LEFT_TO_FIELDS = ("undo", "back")


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

    def _enable(self) -> None:
        for action_id, action in self._made.items():
            action.setEnabled(action_id in self._page or action_id in self._global)

    def trigger(self, action_id: str) -> None:
        """Do it, if it can be done here."""
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

    def _add_entry(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(entry.title)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self.keep_keys(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
