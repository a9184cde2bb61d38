"""共享库: three views, how it stands, what waits for a decision, and where it is."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector_app.services.choices import Choice
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange import ExchangeState
from inspector_app.ui.page import Page
from inspector_app.ui.pages.shared.choice_view import ChoiceView
from inspector_app.ui.pages.shared.overview import Overview
from inspector_app.ui.pages.shared.place_form import PlaceForm
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, scrolling
from inspector_app.ui.widgets.buttons import button, tabs
from inspector_app.ui.widgets.states import StateStack

NAMES = ("概况", "待处理", "连接设置")
OVERVIEW, CHOICES, PLACE = range(3)
HINT = "全局共用一份台账；本机照常离线办案，互不覆盖"


class SharedPage(Page):
    """`arg`: choices or place; None shows what matters most."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "共享库")
        self.head.set_hint(HINT)
        self.stop = button("停止", "quiet", clicked=context.exchange.cancel)
        self.sync = button("同步", "primary", "arrow_clockwise_20", clicked=self._sync)
        self.head.add(self.stop)
        self.head.add(self.sync)
        panel = Panel((1, 6, 1, 1), 0)
        bar = box(QHBoxLayout(), (14, 0, 12, 0))
        self.tabs = tabs(NAMES)
        self.tabs.chosen.connect(self.show_tab)
        bar.addWidget(self.tabs)
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        self.stack = QStackedWidget()
        self.overview, self.place_form = Overview(context), PlaceForm(context)
        self.stack.addWidget(scrolling(self.overview))
        self.stack.addWidget(self._build_choices())
        self.stack.addWidget(scrolling(self.place_form))
        panel.column.addWidget(self.stack, 1)
        self.column.addWidget(panel, 1)
        context.exchange.changed.connect(self._show_state)

    def _build_choices(self) -> QWidget:
        body = QWidget()
        row = box(QHBoxLayout(body), spacing=0)
        column = Column[Choice](
            "待处理",
            lambda one: "　".join(part for part in (one.case_no, one.title) if part),
            240,
            Kind.TWO_LINE,
            stretch=True,
            sub=_kind_words,
        )
        self.list: RowsTable[Choice] = RowsTable((column,), lambda one: one.id, name="待处理")
        self.list.horizontalHeader().hide()
        self.list.chosen.connect(self._show_choice)
        self.choice = ChoiceView(self.context, self._decide)
        row.addWidget(self.list, 2)
        row.addWidget(hair(vertical=True))
        row.addWidget(scrolling(self.choice), 3)
        self.choices = StateStack(body, "checkmark_circle_20")
        return self.choices

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        exchange = self.context.exchange
        self.place_form.load()
        exchange.look()
        state = exchange.state
        if arg == "place" or not exchange.is_set_up() or state.needs_password:
            self.show_tab(PLACE)
        elif arg == "choices" or state.disputes:
            self.show_tab(CHOICES)
        else:
            self.show_tab(OVERVIEW)
        self._show_state(state)

    def refresh(self, changes: Changes) -> None:
        """The exchange of the window looks itself and says so."""

    def handlers(self) -> Mapping[str, Handler]:
        return {"refresh": self.context.exchange.look}

    def first_focus(self) -> QWidget | None:
        return self.tabs.at(max(self.tabs.current(), 0))

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_tab(self, number: int) -> None:
        """Bring a view to the front."""
        self.tabs.set_current(number)
        self.stack.setCurrentIndex(number)

    def _show_state(self, state: ExchangeState) -> None:
        self.stop.setVisible(state.running)
        self.sync.setEnabled(not state.running)
        self.overview.show_now()
        counted = f"待处理 {state.disputes}" if state.disputes else "待处理"
        self.tabs.set_names((NAMES[OVERVIEW], counted, NAMES[PLACE]))
        if state.needs_password and state.trouble:
            self.place_form.told.say(state.trouble, tone="warning")
        elif self.tabs.current() == PLACE and state.running:
            self.show_tab(OVERVIEW)
        self._show_choices()

    def _show_choices(self) -> None:
        standing = self.context.exchange.standing
        rows = list(standing.choices) if standing is not None else []
        if not rows:
            self.choices.show_empty(
                "没有要处理的", "两处改了同一内容，或者改动被退回时，列在这里。"
            )
            return
        self.list.show_rows(rows)
        if self.list.currentIndex().row() < 0:
            self.list.selectRow(0)
        shown = self.choice.choice
        known = next((one for one in rows if shown and one.id == shown.id), rows[0])
        self._show_choice(known)
        self.choices.show_content()

    def _show_choice(self, choice: Choice) -> None:
        done = self.context.exchange.outcome
        self.choice.show_choice(choice, done.me if done else "")

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _sync(self) -> None:
        exchange = self.context.exchange
        if exchange.is_set_up() and not exchange.state.needs_password:
            exchange.run()
        else:
            self.show_tab(PLACE)

    def _decide(self, choice: Choice, side: str, why: str) -> None:
        desk = self.context.desk
        # Loaded long ago: there are conflicts only after an exchange.
        from inspector_app.services.exchange import resolve

        self.context.tasks.work(
            self, lambda: resolve(desk, choice.id, side, why), lambda _: self._decided()
        )

    def _decided(self) -> None:
        self.context.say("已记下，下次同步时生效")
        self.context.exchange.look()
        if not self.context.exchange.state.needs_password:
            self.context.exchange.run()


def _kind_words(choice: Choice) -> str:
    if choice.answered:
        return "已选定，等待同步"
    kind = "被退回" if choice.refused else "两处都改了"
    return f"{kind}　{choice.at[:16].replace('T', ' ')}"


def make(context: UiContext) -> Page:
    """The page of the shared database."""
    return SharedPage(context)
