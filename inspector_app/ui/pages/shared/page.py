"""共享库: how it stands, what waits for a decision, the server, and where it is."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.page import Page
from inspector_app.ui.pages.shared.choices_view import ChoicesView
from inspector_app.ui.pages.shared.file_view import FileView
from inspector_app.ui.pages.shared.numbers_view import NumbersView
from inspector_app.ui.pages.shared.overview import Overview
from inspector_app.ui.pages.shared.place_form import PlaceForm
from inspector_app.ui.pages.shared.server_view import ServerView
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, scrolling
from inspector_app.ui.widgets.buttons import button, tabs

OVERVIEW, CHOICES, PLACE, SERVER = "概况", "待处理", "连接设置", "服务器"
FILES, NUMBERS = "附件与 U 盘", "编号"
ARGS = {
    "numbers": NUMBERS,
    "choices": CHOICES,
    "files": FILES,
    "file": FILES,
    "place": PLACE,
    "server": SERVER,
}
HINT = "全局共用一份台账；本机照常离线办案，互不覆盖"


class SharedPage(Page):
    """`arg`: choices, choices:CASE, files, file:PATH (taken in), numbers, place or server.

    None shows what matters most.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "共享库")
        self.head.set_hint(HINT)
        self.stop = button("停止", "quiet", clicked=context.exchange.cancel)
        self.sync = button("同步", "primary", "arrow_clockwise_20", clicked=self._sync)
        self.head.add(self.stop)
        self.head.add(self.sync)
        self.overview, self.place_form = Overview(context), PlaceForm(context)
        self.choices = ChoicesView(context, self._decided)
        self.server, self.files = ServerView(context), FileView(context)
        self.numbers = NumbersView(context)
        self.views: dict[str, QWidget] = {
            OVERVIEW: scrolling(self.overview),
            CHOICES: self.choices,
            FILES: scrolling(self.files),
            NUMBERS: self.numbers,
            PLACE: scrolling(self.place_form),
            SERVER: self.server,
        }
        panel = Panel((1, 6, 1, 1), 0)
        bar = box(QHBoxLayout(), (14, 0, 12, 0))
        self.tabs = tabs(tuple(self.views))
        self.tabs.chosen.connect(lambda number: self.show_tab(list(self.views)[number]))
        bar.addWidget(self.tabs)
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        self.stack = QStackedWidget()
        for view in self.views.values():
            self.stack.addWidget(view)
        panel.column.addWidget(self.stack, 1)
        self.column.addWidget(panel, 1)
        context.exchange.changed.connect(self._show_state)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        exchange = self.context.exchange
        self.place_form.load()
        exchange.look()
        state = exchange.state
        name, _, case_id = arg.partition(":") if isinstance(arg, str) else ("", "", "")
        if name == "file" and self.tab() == SERVER and self.isVisible():
            self.server.packages.take([Path(case_id)])  # let go of above the page of the server
            return
        if name in ARGS:
            self.show_tab(ARGS[name])
        elif not exchange.is_set_up() or state.needs_password or state.other:
            self.show_tab(PLACE)
        else:
            self.show_tab(CHOICES if state.disputes or state.looks else OVERVIEW)
        self._show_state(state)
        if case_id and name == "file":
            self.files.take_in(Path(case_id))
        elif case_id:
            self.choices.show_case(case_id)

    def refresh(self, changes: Changes) -> None:
        """The exchange of the window looks itself and says so."""

    def handlers(self) -> Mapping[str, Handler]:
        return {"refresh": self._refresh}

    def first_focus(self) -> QWidget | None:
        return self.tabs.at(max(self.tabs.current(), 0))

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def tab(self) -> str:
        """The name of the view in front."""
        return list(self.views)[self.stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Bring a view to the front."""
        self.tabs.set_current(list(self.views).index(name))
        self.stack.setCurrentWidget(self.views[name])
        if name == SERVER:
            self.server.load()
        elif name == FILES:
            self.files.load()
        elif name == NUMBERS:
            self.numbers.load()

    def _show_state(self, state: ExchangeState) -> None:
        self.stop.setVisible(state.running)
        self.sync.setEnabled(not state.running)
        self.overview.show_now()
        waiting = state.disputes + state.looks + self.context.exchange.stuck_in()
        counted = {CHOICES: f"{CHOICES} {waiting}"} if waiting else {}
        self.tabs.set_names([counted.get(name, name) for name in self.views])
        last = self.context.exchange.last
        keeper = last is not None and last.keeper
        self.tabs.at(list(self.views).index(SERVER)).setVisible(keeper)
        if self.tab() == SERVER and not keeper:
            self.show_tab(OVERVIEW)
        if self.place_form.show_other(state):
            self.show_tab(PLACE)
        if state.needs_password and state.trouble:
            self.place_form.told.say(state.trouble, tone="warning")
        elif self.tab() == PLACE and state.running:
            self.show_tab(OVERVIEW)
        self.choices.show_now()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _refresh(self) -> None:
        self.context.exchange.look()
        if self.tab() in (SERVER, FILES, NUMBERS):
            self.show_tab(self.tab())

    def _sync(self) -> None:
        exchange = self.context.exchange
        if exchange.is_set_up() and not exchange.state.needs_password:
            exchange.run()
        else:
            self.show_tab(PLACE)

    def _decided(self) -> None:
        self.context.say("已记下，下次同步时生效")
        self.context.exchange.look()
        if not self.context.exchange.state.needs_password:
            self.context.exchange.run()


def make(context: UiContext) -> Page:
    """The page of the shared database."""
    return SharedPage(context)
