"""Pages of the window: what each must be able to do, and which there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Yielding, label
from inspector_app.ui.widgets.pills import Pill


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. `nav` is main, foot or "" (opened from others); `under` lights a nav row then."""

    name: str
    title: str
    icon: str
    module: str
    nav: str = ""
    under: str = ""
    help: str = ""  # name of the help text in resources/help; the page's name when empty

    def exists(self) -> bool:
        """Whether the page was built: what is not built is not shown."""
        return find_spec(self.module) is not None


_PAGES = "inspector_app.ui.pages"
PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", "我的待办", "home_20", f"{_PAGES}.home", "main"),
    PageSpec("cases", "案件台账", "table_20", f"{_PAGES}.cases", "main"),
    PageSpec("clues", "线索登记", "mail_inbox_20", f"{_PAGES}.clues", "main"),
    PageSpec("inspections", "现场检查", "clipboard_checkmark_20", f"{_PAGES}.inspections", "main"),
    PageSpec("papers", "文书制作", "document_text_20", f"{_PAGES}.papers", "main"),
    PageSpec("parties", "单位与项目", "building_multiple_20", f"{_PAGES}.parties", "main"),
    PageSpec("law", "法规与规则", "scales_20", f"{_PAGES}.law", "main"),
    PageSpec("settings", "设置", "settings_20", f"{_PAGES}.settings", "foot"),
    PageSpec("case", "案件", "table_20", f"{_PAGES}.case", under="cases"),
    PageSpec("case_form", "登记案件", "table_20", f"{_PAGES}.case_form", under="cases"),
    PageSpec("clue", "线索", "mail_inbox_20", f"{_PAGES}.clue", under="clues"),
    PageSpec(
        "inspection", "检查", "clipboard_checkmark_20", f"{_PAGES}.inspection", under="inspections"
    ),
    PageSpec("paper", "文书", "document_text_20", f"{_PAGES}.paper", under="papers"),
    PageSpec("forms", "文书格式", "document_edit_20", f"{_PAGES}.forms", under="papers"),
    PageSpec("calendar", "工作日历", "calendar_20", f"{_PAGES}.calendar", under="law"),
    PageSpec("shared", "共享库", "link_20", f"{_PAGES}.shared", under="settings"),
    PageSpec("imports", "导入", "arrow_import_20", f"{_PAGES}.imports", under="cases"),
)


class PageHead(QWidget):
    """Title, a grey line, and the buttons of the page at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), spacing=8)
        words = box(QVBoxLayout(), spacing=2)
        self._title = label(title, "pageTitle")
        self._hint = Yielding("", "pageHint")
        self._pill = Pill()
        first = box(QHBoxLayout(), spacing=10)
        first.addWidget(self._title)
        first.addWidget(self._pill)
        first.addStretch()
        words.addLayout(first)
        words.addWidget(self._hint)
        self._hint.hide()
        row.addLayout(words)
        row.addStretch()
        self._right = box(QHBoxLayout(), spacing=8)
        row.addLayout(self._right)

    def set_title(self, text: str) -> None:
        """Another title."""
        self._title.setText(text)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def set_hint(self, text: str) -> None:
        """The grey line below the title; empty takes no room."""
        self._hint.set_full(text)
        self._hint.setVisible(bool(text))

    def hint(self) -> str:
        """The grey line."""
        return self._hint.full()

    def set_pill(self, text: str, tone: str = "neutral") -> None:
        """A word on a tint beside the title; empty takes no room."""
        self._pill.set_pill(text, tone)

    def pill(self) -> str:
        """The word on the tint."""
        return self._pill.text()

    def add(self, widget: QWidget) -> None:
        """A button at the right, the primary one last."""
        self._right.addWidget(widget)


class Page(QWidget):
    """Base of all pages. It paints; it asks the worker for what it shows."""

    def __init__(self, context: UiContext, title: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        # A plain QWidget paints its style sheet ground only when told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.head = PageHead(title)
        self._record: tuple[str, str] | None = None
        self.column = box(QVBoxLayout(self), (24, 18, 24, 16), 14)
        self.column.addWidget(self.head)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        """Come into view for something: an id, a filter, or None for the page as it was left."""

    def refresh(self, changes: Changes) -> None:
        """The ledger changed; look at what and read again what is shown of it."""

    def leave(self) -> bool:
        """About to go out of view: save drafts; False keeps the page."""
        return True

    def handlers(self) -> Mapping[str, Handler]:
        """Which actions this page does itself: {"export": self.export, …}."""
        return {}

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts; a table, or the first field."""
        return None

    def place(self) -> object:
        """The arg that brings back what is shown now, for the way back."""
        return None

    def fit(self, width: int, height: int) -> None:
        """The room changed; both in px at 100 % text size."""

    # ── helpers ──────────────────────────────────────────────────────────────────────────────
    def show_standing(self, kind: str, record: str) -> None:
        """Say beside the title where a record stands: 本机, 待上传, 已确认 or 有冲突."""
        exchange = self.context.exchange
        if self._record is None:
            exchange.changed.connect(self._exchange_moved)
        self._record = (kind, record)
        exchange.ask_state(self, kind, record, self._say_standing)

    def _exchange_moved(self, state: ExchangeState) -> None:
        if self._record is not None and not state.running and self.isVisible():
            self.context.exchange.ask_state(self, *self._record, self._say_standing)

    def _say_standing(self, word: str, tone: str) -> None:
        self.head.set_pill(word, tone)

    def handlers_changed(self) -> None:
        """Tell the window that `handlers()` gives others now."""
        if self.isVisible():
            self.context.actions.set_page(self.handlers())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = tokens().scale
        self.fit(round(self.width() / scale), round(self.height() / scale))


Factory = Callable[[UiContext], Page]


def factory(spec: PageSpec) -> Factory:
    """`make` of the page's module; imported when the page is first shown, for a quick start."""
    made: Factory = import_module(spec.module).make
    return made


def built_pages(specs: tuple[PageSpec, ...] = PAGES) -> dict[str, PageSpec]:
    """The pages that exist, by name."""
    return {spec.name: spec for spec in specs if spec.exists()}
